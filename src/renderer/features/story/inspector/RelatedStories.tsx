import { useState } from 'react'
import { Link2, X } from 'lucide-react'
import { useCall } from '../../../api/use-call.ts'
import { useField } from '../../../api/use-field.ts'
import { useStrings } from '../../../strings/strings.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { isWebAddress } from '../../../../shared/lib/web-address.ts'
import type { StorySession } from '../story-session.ts'

/** Stories of this library, found by their words, or pages elsewhere, by address. */
export function RelatedStories({ session }: { readonly session: StorySession }) {
  const { inspector: words, common } = useStrings()
  const [related, setRelated] = useField(session, 'related')
  const [typed, setTyped] = useState('')
  const text = typed.trim()
  const isAddress = isWebAddress(text)
  const found = useCall(
    async (call, signal) =>
      text.length < 2 || isAddress
        ? []
        : (await call.library.search({ text, filter: {}, order: 'newest', limit: 6 }, signal)).hits,
    [text]
  )
  const hits = (found.data ?? []).filter(
    (hit) => hit.summary.id !== session.id && !related.some((story) => story.storyId === hit.summary.id)
  )
  const add = (story: (typeof related)[number]): void => {
    setRelated([...related, story])
    setTyped('')
  }
  return (
    <>
      {related.length > 0 && (
        <ul className="related">
          {related.map((story, at) => (
            <li key={story.storyId ?? story.url ?? at} className="related-row">
              <span dir="auto" tabIndex={-1} data-part={`related.${at}`}>
                {story.headline || story.url || common.untitled}
              </span>
              <IconButton
                label={common.remove}
                icon={<X />}
                onPress={() => setRelated(related.filter((_, other) => other !== at))}
              />
            </li>
          ))}
        </ul>
      )}
      <TextField
        label={words.relatedAdd}
        value={typed}
        onChange={setTyped}
        placeholder={words.relatedHint}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && isAddress) add({ headline: text.replace(/^https?:\/\//, ''), url: text })
        }}
      />
      {isAddress && (
        <ul className="related-hits">
          <li>
            <button
              type="button"
              className="related-hit"
              onClick={() => add({ headline: text.replace(/^https?:\/\//, ''), url: text })}
            >
              <Link2 aria-hidden /> {words.relatedLink}
            </button>
          </li>
        </ul>
      )}
      {hits.length > 0 && (
        <ul className="related-hits">
          {hits.map(({ summary }) => (
            <li key={summary.id}>
              <button
                type="button"
                className="related-hit"
                dir="auto"
                onClick={() => add({ headline: summary.headline, storyId: summary.id })}
              >
                {summary.headline || common.untitled}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
