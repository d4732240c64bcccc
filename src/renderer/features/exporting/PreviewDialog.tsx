import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { toWireError, type WireError } from '../../../shared/rpc/errors.ts'
import type { OpenStory } from '../../api/open-story.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'

/** Widths of readers' screens in CSS pixels. */
const WIDTHS = { phone: 390, desktop: 1280 } as const
type Screen = keyof typeof WIDTHS

/** The story's page as readers will see it, on a phone and on a desk. What was typed last is in it. */
export function PreviewDialog({ story, onClose }: { readonly story: OpenStory; readonly onClose: () => void }) {
  const { exporting: words } = useStrings()
  const [screen, setScreen] = useState<Screen>('phone')
  const [isReady, setReady] = useState(false)
  const [error, setError] = useState<WireError | null>(null)
  const space = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useKeysBack(space)
  const close = useRef(onClose)
  close.current = onClose

  useEffect(() => {
    let isCurrent = true
    story.flush().then(
      () => isCurrent && setReady(true),
      (thrown: unknown) => isCurrent && setError(toWireError(thrown))
    )
    return () => {
      isCurrent = false
    }
  }, [story])
  useLayoutEffect(() => {
    const element = space.current
    if (!element) return
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const width = WIDTHS[screen]
  // A wide page is shown smaller where the window is narrower than it.
  const scale = size.width === 0 ? 1 : Math.min(1, size.width / width)
  return (
    <Dialog title={words.previewTitle} isOpen onClose={onClose} width="full">
      <SegmentedControl<Screen>
        label={words.previewScreen}
        value={screen}
        onChange={setScreen}
        options={[
          { id: 'phone', label: words.previewPhone },
          { id: 'desktop', label: words.previewDesktop }
        ]}
      />
      {error && <Notice tone="warn">{inWords(error)}</Notice>}
      <div ref={space} className="preview-space" tabIndex={-1}>
        {isReady && (
          <iframe
            className="preview-page"
            title={words.previewTitle}
            src={`/preview/${story.id}`}
            // Nothing in it runs, here and by its own policy: its origin only lets Escape be heard. Never with scripts.
            sandbox="allow-same-origin"
            onLoad={({ currentTarget }) =>
              currentTarget.contentDocument?.addEventListener('keydown', ({ key }) => {
                if (key === 'Escape') close.current()
              })
            }
            style={{
              width,
              height: size.height / scale,
              transform: `scale(${scale})`,
              marginInlineStart: Math.max(0, (size.width - width) / 2)
            }}
          />
        )}
      </div>
    </Dialog>
  )
}

/**
 * A page in a frame of its own keeps every key but Escape for itself. So after a press into it it gives the focus back
 * at once; the wheel and a selection by mouse need none. Whoever comes by Tab wants to go through it by keys, and goes
 * on with Tab.
 */
function useKeysBack(space: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let isTab = false
    const key = (event: KeyboardEvent): void => {
      isTab = event.key === 'Tab'
      // The browser moves the focus before it comes to anything that waits.
      setTimeout(() => (isTab = false))
    }
    const left = (): void => {
      if (isTab) return
      // Where the focus has gone is known a moment later.
      setTimeout(() => {
        const { activeElement: active } = document
        if (active instanceof HTMLIFrameElement && space.current?.contains(active))
          space.current.focus({ preventScroll: true })
      })
    }
    addEventListener('keydown', key, true)
    addEventListener('blur', left)
    return () => {
      removeEventListener('keydown', key, true)
      removeEventListener('blur', left)
    }
  }, [space])
}
