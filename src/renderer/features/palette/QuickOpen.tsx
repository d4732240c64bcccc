import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { useDeskZone } from '../../api/desk.tsx'
import { navigate } from '../../api/router.ts'
import { takeTyped } from '../../api/typed-ahead.ts'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { age } from '../../ui/format.ts'
import { StatusDot } from '../../ui/Status.tsx'
import './palette.css'

const SHOWN = 20

/** A story by what it is called: the last changed first, and then those whose headline, slug, section or byline fit. */
export function QuickOpen({ onClose }: { readonly onClose: () => void }) {
  const all = useStrings()
  const words = all.libraryMany
  const zone = useDeskZone()
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const text = query.trim()
  const found = useCall(
    async (call, signal) =>
      text === ''
        ? (await call.library.page({ filter: {}, sort: 'changed', descending: true, limit: SHOWN }, signal)).rows
        : (
            await call.library.search({ text, filter: {}, order: 'newest', within: 'names', limit: SHOWN }, signal)
          ).hits.map(({ summary }) => summary),
    [text]
  )
  const stories = found.data ?? []
  const chosen = Math.min(active, stories.length - 1)

  // The field has the focus by now.
  useLayoutEffect(() => {
    const typed = takeTyped()
    if (typed !== '') setQuery((later) => typed + later)
  }, [])
  useEffect(() => setActive(0), [text])
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  function open(storyId: string | undefined): void {
    if (storyId === undefined) return
    onClose()
    // After the focus has gone back to where it was.
    setTimeout(() => navigate({ name: 'story', id: storyId }), 30)
  }

  return (
    <ModalOverlay
      className="g-veil palette-veil"
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <Modal className="g-modal palette">
        <Dialog className="g-dialog" aria-label={words.quickOpen}>
          <input
            className="palette-input"
            autoFocus
            dir="auto"
            placeholder={words.quickPlaceholder}
            aria-label={words.quickPlaceholder}
            role="combobox"
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={stories[chosen] ? `${id}-${chosen}` : undefined}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return
              const { length } = stories
              if (event.key === 'ArrowDown') setActive((chosen + 1) % Math.max(1, length))
              else if (event.key === 'ArrowUp') setActive((chosen - 1 + length) % Math.max(1, length))
              else if (event.key === 'Enter') open(stories[chosen]?.id)
              else return
              event.preventDefault()
            }}
          />
          <div ref={list} id={`${id}-list`} className="palette-list" role="listbox" aria-label={words.quickOpen}>
            {stories.map((story, at) => (
              <button
                key={story.id}
                type="button"
                tabIndex={-1}
                id={`${id}-${at}`}
                role="option"
                aria-selected={at === chosen}
                className="palette-row"
                onPointerMove={() => setActive(at)}
                onClick={() => open(story.id)}
              >
                <span className="palette-title palette-story" dir="auto">
                  {story.headline || story.slugline || all.common.untitled}
                </span>
                <small className="palette-detail" dir="auto">
                  {story.section}
                </small>
                <time className="palette-detail" dateTime={story.changedAt}>
                  {age(story.changedAt, Date.now(), zone)}
                </time>
                <StatusDot status={story.status} />
              </button>
            ))}
            {stories.length === 0 && !found.loading && <p className="g-list-empty">{words.quickNone}</p>}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
