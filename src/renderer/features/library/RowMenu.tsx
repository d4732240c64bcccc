import { useRef } from 'react'
import { ArchiveRestore, Copy, FileText, Trash2 } from 'lucide-react'
import { Menu, MenuItem } from 'react-aria-components'
import { mayChangeStatus } from '../../../shared/story/status.ts'
import type { StorySummary } from '../../../shared/story/fields.ts'
import { useStrings } from '../../strings/strings.ts'
import { Popover } from '../../ui/Popover.tsx'

export interface RowMenuProps {
  /** Where it opens, in window pixels. */
  readonly x: number
  readonly y: number
  readonly summary: StorySummary
  readonly readOnly: boolean
  readonly onClose: () => void
  readonly onOpen: (id: string) => void
  readonly onTrash: (summary: StorySummary) => void
  readonly onRestore: (id: string) => void
  readonly onDuplicate: (id: string) => void
  readonly onErase: (summary: StorySummary) => void
}

export function RowMenu({
  x,
  y,
  summary,
  readOnly,
  onClose,
  onOpen,
  onTrash,
  onRestore,
  onDuplicate,
  onErase
}: RowMenuProps) {
  const words = useStrings()
  const point = useRef<HTMLSpanElement>(null)
  const act = (key: unknown): void => {
    onClose()
    if (key === 'open') onOpen(summary.id)
    if (key === 'duplicate') onDuplicate(summary.id)
    if (key === 'trash') onTrash(summary)
    if (key === 'restore') onRestore(summary.id)
    if (key === 'erase') onErase(summary)
  }
  return (
    <>
      <span
        ref={point}
        aria-hidden
        style={{ position: 'fixed', insetBlockStart: y, left: x, inlineSize: 1, blockSize: 1 }}
      />
      <Popover
        isOpen
        aria-label={words.library.rowMenu}
        triggerRef={point}
        onOpenChange={(open) => {
          if (!open) onClose()
        }}
        placement="bottom start"
      >
        <Menu aria-label={words.library.rowMenu} className="g-list" autoFocus="first" onAction={act} onClose={onClose}>
          <MenuItem id="open" className="g-item">
            <FileText aria-hidden />
            {words.common.open}
          </MenuItem>
          {!readOnly && (
            <MenuItem id="duplicate" className="g-item">
              <Copy aria-hidden />
              {words.library.duplicate}
            </MenuItem>
          )}
          {!readOnly &&
            (summary.status === 'trashed' ? (
              <>
                <MenuItem id="restore" className="g-item">
                  <ArchiveRestore aria-hidden />
                  {words.library.restore}
                </MenuItem>
                <MenuItem id="erase" className="g-item" data-danger>
                  <Trash2 aria-hidden />
                  {words.libraryMany.eraseForGood}
                </MenuItem>
              </>
            ) : (
              <MenuItem
                id="trash"
                className="g-item"
                data-danger
                isDisabled={!mayChangeStatus(summary.status, 'trashed')}
              >
                <Trash2 aria-hidden />
                {words.library.trash}
              </MenuItem>
            ))}
        </Menu>
      </Popover>
    </>
  )
}
