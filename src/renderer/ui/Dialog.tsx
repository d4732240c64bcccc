import type { ReactNode } from 'react'
import { X } from 'lucide-react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useStrings } from '../strings/strings.ts'
import { IconButton } from './IconButton.tsx'
import { Refusals } from './Refusals.tsx'
import { useFocusAfterwards } from './use-focus-left.ts'
import './dialog.css'

export interface DialogProps {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  /** One sentence under the title. */
  readonly lead?: ReactNode
  readonly children?: ReactNode
  /** Buttons, the main one last. */
  readonly actions?: ReactNode
  readonly width?: 'small' | 'medium' | 'large' | 'full'
  /** `alertdialog`: something may be lost; only a button closes it. */
  readonly role?: 'dialog' | 'alertdialog'
}

export function Dialog({
  title,
  isOpen,
  onClose,
  lead,
  children,
  actions,
  width = 'medium',
  role = 'dialog'
}: DialogProps) {
  const words = useStrings()
  return (
    <ModalOverlay
      className="g-veil"
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      isDismissable={role === 'dialog'}
      isKeyboardDismissDisabled={false}
    >
      <Modal className={`g-modal g-modal-${width}`}>
        <AriaDialog role={role} className="g-dialog">
          <header className="g-dialog-head">
            <Heading slot="title" className="g-dialog-title">
              {title}
            </Heading>
            {role === 'dialog' && (
              <IconButton label={words.common.close} keys="Escape" icon={<X />} onPress={onClose} />
            )}
          </header>
          {lead && <p className="g-dialog-lead">{lead}</p>}
          {children && <div className="g-dialog-body">{children}</div>}
          <FocusAfterwards />
          <Refusals isDialog />
          {actions && <footer className="g-dialog-actions">{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

export interface SheetProps {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly lead?: ReactNode
  readonly children: ReactNode
  readonly actions?: ReactNode
  /** `full`: nearly the whole window, for work such as a review; `side`: a panel at the end edge. */
  readonly size?: 'side' | 'full'
}

/** A larger place to work that comes over the desk and goes again. Its body scrolls; head and actions stay. */
export function Sheet({ title, isOpen, onClose, lead, children, actions, size = 'side' }: SheetProps) {
  const words = useStrings()
  return (
    <ModalOverlay
      className={`g-veil g-veil-${size}`}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      isDismissable={size === 'side'}
    >
      <Modal className={`g-sheet g-sheet-${size}`}>
        <AriaDialog className="g-sheet-dialog">
          <header className="g-sheet-head">
            <div>
              <Heading slot="title" className="g-dialog-title">
                {title}
              </Heading>
              {lead && <p className="g-dialog-lead">{lead}</p>}
            </div>
            <IconButton label={words.common.close} keys="Escape" icon={<X />} onPress={onClose} />
          </header>
          <div className="g-sheet-body">{children}</div>
          <FocusAfterwards />
          <Refusals isDialog />
          {actions && <footer className="g-sheet-actions">{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** There for as long as the dialog is open. */
function FocusAfterwards() {
  useFocusAfterwards()
  return null
}
