import { useState } from 'react'
import { useDeskZone } from '../../api/desk.tsx'
import { navigate } from '../../api/router.ts'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { age } from '../../ui/format.ts'
import { StatusDot } from '../../ui/Status.tsx'
import { Palette } from './Palette.tsx'

const SHOWN = 20

/** A story by what it is called: the last changed first, and then those whose headline, slug, section or byline fit. */
export function QuickOpen({ onClose }: { readonly onClose: () => void }) {
  const all = useStrings()
  const words = all.libraryMany
  const zone = useDeskZone()
  const [query, setQuery] = useState('')
  const text = query.trim()
  const found = useCall(
    async (call, signal) => ({
      text,
      stories:
        text === ''
          ? (await call.library.page({ filter: {}, sort: 'changed', descending: true, limit: SHOWN }, signal)).rows
          : (
              await call.library.search({ text, filter: {}, order: 'newest', within: 'names', limit: SHOWN }, signal)
            ).hits.map(({ summary }) => summary)
    }),
    [text]
  )
  const entries = (found.data?.stories ?? []).map((story) => ({
    id: story.id,
    row: (
      <>
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
      </>
    ),
    run: () => navigate({ name: 'story', id: story.id })
  }))
  return (
    <Palette
      label={words.quickOpen}
      placeholder={words.quickPlaceholder}
      query={query}
      onQuery={setQuery}
      entries={entries}
      isBehind={found.data?.text !== text && found.error === null}
      none={words.quickNone}
      onClose={onClose}
    />
  )
}
