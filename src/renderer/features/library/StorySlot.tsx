import { memo } from 'react'
import { resolveDirection } from '../../../shared/document/language.ts'
import type { StorySummary } from '../../../shared/article/story.ts'
import { useStrings } from '../../strings/strings.tsx'
import { shortAge } from '../../ui/format.ts'
import '../../ui/status.css'

export interface StorySlotProps {
  readonly id: string
  readonly index: number
  readonly total: number
  /** Pixels from the top of the list. */
  readonly start: number
  readonly size: number
  /** Undefined until the row is fetched. */
  readonly summary: StorySummary | undefined
  readonly headline: readonly string[] | undefined
  readonly snippet: readonly string[] | undefined
  readonly selected: boolean
  readonly active: boolean
  readonly now: number
}

/** One row at its place in the list. Rendered when something of its own is another: a list that is scrolled renders the rows that come in and no others. */
export const StorySlot = memo(function StorySlot({ id, index, total, start, size, summary, headline, snippet, selected, active, now }: StorySlotProps) {
  return (
    <div
      id={id}
      data-index={index}
      role="option"
      aria-selected={selected}
      aria-setsize={total}
      aria-posinset={index + 1}
      data-active={active || undefined}
      className="story-slot"
      style={{ blockSize: size, insetBlockStart: start }}
    >
      {summary ? <StoryRow summary={summary} headline={headline} snippet={snippet} now={now} /> : <span className="story-row story-row-blank" aria-hidden />}
    </div>
  )
})

type StoryRowProps = Pick<StorySlotProps, 'headline' | 'snippet' | 'now'> & { readonly summary: StorySummary }

function StoryRow({ summary, headline, snippet, now }: StoryRowProps) {
  const words = useStrings()
  const dir = resolveDirection(summary.direction, summary.language)
  const length = words.library.words(summary.words)
  return (
    <div className="story-row">
      <span className="story-row-headline" dir={dir} lang={summary.language}>
        {headline ? <Marked pieces={headline} /> : summary.headline || <span className="story-row-untitled">{summary.slugline || words.common.untitled}</span>}
      </span>
      {snippet && <span className="story-row-snippet" dir={dir}><Marked pieces={snippet} /></span>}
      <span className="story-row-facts">
        <span className="g-dot" data-status={summary.status} role="img" aria-label={words.status[summary.status]} />
        <span className="story-row-section" dir="auto">{summary.section || words.statusShort[summary.status]}</span>
        <span className="story-row-words">{length}</span>
        <time className="story-row-age" dateTime={summary.changedAt}>{shortAge(summary.changedAt, now)}</time>
      </span>
    </div>
  )
}

function Marked({ pieces }: { readonly pieces: readonly string[] }) {
  return pieces.map((piece, at) => (at % 2 === 1 ? <mark key={at}>{piece}</mark> : piece))
}
