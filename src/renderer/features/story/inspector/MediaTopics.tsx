import { useEffect, useRef, useState } from 'react'
import { X } from 'lucide-react'
import { mediaTopicOf, topMediaTopics } from '../../../../shared/story/media-topics.ts'
import { useField } from '../../../api/use-field.ts'
import { useStrings } from '../../../strings/strings.ts'
import { ComboBox } from '../../../ui/ComboBox.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import type { StorySession } from '../story-session.ts'

/** IPTC Media Topics: top-level topics by name, deeper ones by code. */
export function MediaTopics({ session }: { readonly session: StorySession }) {
  const { inspector: words, common } = useStrings()
  const [topics, setTopics] = useField(session, 'mediaTopics')
  const [refused, setRefused] = useState<string | null>(null)
  const field = useRef<HTMLDivElement>(null)
  /** Somebody is adding topics, so the new field takes the focus that this one had. */
  const goesOn = useRef(false)
  const add = (typed: string): void => {
    const topic = mediaTopicOf(typed)
    setRefused(topic || typed.trim() === '' ? null : words.topicUnknown)
    if (!topic || topics.some(({ code }) => code === topic.code)) return
    goesOn.current = field.current?.contains(document.activeElement) ?? false
    setTopics([...topics, topic])
  }
  useEffect(() => {
    if (goesOn.current) field.current?.querySelector('input')?.focus()
    goesOn.current = false
  }, [topics.length])
  return (
    <div ref={field} className="media-topics">
      <ComboBox
        custom
        opensOnInput
        // A new key for each topic: remounting closes the list.
        key={topics.length}
        label={words.mediaTopics}
        placeholder={words.mediaTopicsHint}
        error={refused}
        value=""
        onChange={add}
        options={topMediaTopics
          .filter(({ code }) => !topics.some((topic) => topic.code === code))
          .map(({ code, name }) => ({ id: code, label: name }))}
      />
      {topics.length > 0 && (
        <ul className="related">
          {topics.map(({ code, name }, at) => (
            <li key={`${code} ${at}`} className="related-row">
              <span dir="auto">{name || code}</span>
              <IconButton
                label={`${common.remove}: ${name || code}`}
                icon={<X />}
                onPress={() => setTopics(topics.filter((_, other) => other !== at))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
