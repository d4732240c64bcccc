import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'

/** Whose a picture is, and what its own record asks of those who use it. Nothing where it says neither. */
export function PictureTerms({ mediaId }: { readonly mediaId: string }) {
  const { media: words } = useStrings()
  const asset = useCall((call, signal) => call.media.get({ id: mediaId }, signal), [mediaId])
  const { copyright, instructions } = asset.data?.metadata ?? {}
  const terms = [['copyright', copyright] as const, ['instructions', instructions] as const].flatMap(([name, said]) =>
    said && said.value.trim() !== '' ? [{ name, ...said }] : []
  )
  if (terms.length === 0) return null
  return (
    <dl className="picture-terms">
      {terms.map(({ name, value, from }) => (
        <div key={name}>
          <dt>{words.from(words[name], words.records[from])}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
