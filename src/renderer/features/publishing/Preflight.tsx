import type { FiredBy } from '../../../shared/contract/outbox.ts'
import type { Target } from '../../../shared/contract/publishing.ts'
import { runCommand } from '../../api/commands.ts'
import { useDeskZone } from '../../api/desk.tsx'
import type { OpenStory } from '../../api/open-story.ts'
import { pictureUrl } from '../../api/pictures.ts'
import { useStore } from '../../api/store.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { moment } from '../../ui/format.ts'
import { readableAddress } from '../../../shared/lib/readable-address.ts'
import { slugify } from '../../../shared/story/slug.ts'

interface PreflightProps {
  readonly story: OpenStory
  /** Its name appears in search results and on share cards. */
  readonly target: Target
  /** The delivery plan, if this is the only target. */
  readonly plan?: TargetFactsProps | undefined
}

interface TargetFactsProps {
  readonly story: OpenStory
  readonly target: Target
  /** The address of the live page; null if none is known. */
  readonly address: string | null
  /** Who publishes it at the planned hour or the end of the embargo; null if it waits for neither. */
  readonly firesAtHour: FiredBy | null
  /** True if the sender is shown elsewhere, or nothing is sent. */
  readonly isSentBySaid?: boolean
}

/**
 * Everything that is about to leave, at a glance: the picture and its words, section, address, dates, and how search
 * results and share cards will show it.
 */
export function Preflight({ story, target, plan }: PreflightProps) {
  const {
    preflight: words,
    exporting: { preview }
  } = useStrings()
  const zone = useDeskZone()
  const { leadImage, section, headline, headlineSeo, headlineSocial, standfirst, times } = useStore(story.fields)
  const mediaId = leadImage?.mediaId ?? null
  const { host } = new URL(target.url)
  return (
    <section className="preflight" aria-label={words.label}>
      <div className="preflight-picture">
        {mediaId ? (
          <img src={pictureUrl(mediaId, 240)} alt={leadImage?.alt ?? ''} width={96} height={72} />
        ) : (
          <span className="preflight-none">{words.noPicture}</span>
        )}
        <dl>
          <Fact name={words.alt} value={leadImage?.alt} missing={mediaId ? words.noAlt : words.nothing} />
          <Fact name={words.credit} value={leadImage?.credit} missing={mediaId ? words.noCredit : words.nothing} />
        </dl>
      </div>
      <dl>
        <Fact name={words.section} value={section} missing={words.noSection} />
        {plan && <AddressFact {...plan} />}
        <Fact
          name={words.firstPublished}
          value={times.firstPublished && moment(times.firstPublished.utc, zone)}
          missing={words.atPublication}
        />
        {plan && !plan.isSentBySaid && <FiredFact {...plan} />}
      </dl>
      <details className="preflight-cards">
        <summary>{words.elsewhere}</summary>
        <div className="preflight-card" role="group" aria-label={words.search}>
          <small>{host}</small>
          <b dir="auto">{headlineSeo || headline}</b>
          <span dir="auto">{standfirst || words.noStandfirst}</span>
        </div>
        <div className="preflight-card" role="group" aria-label={words.share}>
          {mediaId && <img src={pictureUrl(mediaId, 480)} alt="" />}
          <small>{host}</small>
          <b dir="auto">{headlineSocial || headline}</b>
          <span dir="auto">{standfirst || words.noStandfirst}</span>
        </div>
        <p className="publish-note">{words.elsewhereText}</p>
      </details>
      <Button size="small" onPress={() => runCommand('story.preview')}>
        {preview}
      </Button>
    </section>
  )
}

/** The address it will have on one target, and who sends it. */
export function TargetFacts(props: TargetFactsProps) {
  return (
    <dl className="target-facts">
      <AddressFact {...props} />
      {!props.isSentBySaid && <FiredFact {...props} />}
    </dl>
  )
}

function AddressFact({ story, target, address }: TargetFactsProps) {
  const words = useStrings().preflight
  const { slug, headline } = useStore(story.fields)
  const { host } = new URL(target.url)
  const asked = slug || slugify(headline)
  // An open endpoint chooses the address itself; the others end theirs with the requested slug.
  const givesAddress = target.kind === 'open' || target.kind === 'practice'
  return (
    <Fact
      name={words.address}
      value={
        (address && readableAddress(address)) ??
        (givesAddress ? words.addressGiven(host, asked) : `${host} … /${asked}`)
      }
      missing={words.nothing}
    />
  )
}

function FiredFact({ firesAtHour }: TargetFactsProps) {
  const words = useStrings().preflight
  return <Fact name={words.whoFires} value={words.fires[firesAtHour ?? 'now']} missing="" />
}

interface FactProps {
  readonly name: string
  readonly value: string | null | undefined
  readonly missing: string
}

function Fact({ name, value, missing }: FactProps) {
  return (
    <div className="preflight-fact">
      <dt>{name}</dt>
      <dd dir="auto" data-missing={!value || undefined}>
        {value || missing}
      </dd>
    </div>
  )
}
