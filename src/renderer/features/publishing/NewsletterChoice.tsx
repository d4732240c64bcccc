import { Checkbox, CheckboxGroup, Label } from 'react-aria-components'
import type { Target } from '../../../shared/contract/publishing.ts'
import { targetKind } from '../../../shared/publishing/targets/index.ts'
import { useCall } from '../../api/use-call.ts'
import { inWords, useStrings } from '../../strings/strings.ts'

interface NewsletterChoiceProps {
  readonly target: Target
  /** The slug of the ticked newsletter; null: no mail is sent. */
  readonly value: string | null
  readonly onChange: (value: string | null) => void
}

/** Whether a first publication is also mailed. Never by default: it has to be ticked here, for this delivery alone. */
export function NewsletterChoice({ target, value, onChange }: NewsletterChoiceProps) {
  const words = useStrings().preflight
  const mails = targetKind(target.kind).hasNewsletters && target.settings['status'] !== 'draft'
  const found = useCall(
    async (call, signal) => (mails ? call.publishing.newsletters({ targetId: target.id }, signal) : null),
    [target.id, mails]
  )
  const told = found.data?.newsletters ?? []
  // A newsletter already chosen is listed even if the CMS cannot be reached, because it will be sent anyway.
  const letters =
    value === null || told.some(({ slug }) => slug === value)
      ? told
      : [...told, { slug: value, name: value, members: null }]
  if (!mails || letters.length === 0) return null
  return (
    <CheckboxGroup
      className="newsletters"
      value={value === null ? [] : [value]}
      // Only the last one ticked counts: Ghost sends a post to one newsletter.
      onChange={(chosen) => onChange(chosen.find((slug) => slug !== value) ?? chosen[0] ?? null)}
    >
      <Label className="g-label">{words.newsletter}</Label>
      {letters.map(({ slug, name, members }) => (
        <Checkbox key={slug} value={slug} className="newsletter">
          <span className="newsletter-box" aria-hidden />
          <span className="newsletter-words">
            <span>{words.mailAs(name)}</span>
            <small>{words.whoGetsIt(members)}</small>
          </span>
        </Checkbox>
      ))}
      {found.data?.problem && (
        <p className="publish-note">
          {words.lettersLastTold} {inWords(found.data.problem)}
        </p>
      )}
    </CheckboxGroup>
  )
}
