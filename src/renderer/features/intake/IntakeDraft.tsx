import type { Instant } from '../../../shared/story/instant.ts'
import type { IntakeReview } from '../../../shared/contract/intake.ts'
import type { TableBlock } from '../../../shared/document/blocks/table/table.ts'
import type { ImageUse } from '../../../shared/document/image-use.ts'
import { isKnown, type Block } from '../../../shared/document/document.ts'
import { resolveDirection } from '../../../shared/document/language.ts'
import { textOfRuns } from '../../../shared/document/runs.ts'
import { blockToText, wordsOfBody } from '../../../shared/document/to-text.ts'
import { moment } from '../../ui/format.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { ComboBox } from '../../ui/ComboBox.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { KnownItems } from './KnownItems.tsx'
import type { KnownItem } from '../../../shared/contract/intake.ts'

/** Parts of the body that are rendered; the number of further ones is shown. */
const SHOWN = 60

/** Every zone this machine knows; the list leaves out UTC, which desks use. */
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => ({
  id: zone,
  label: zone.replaceAll('_', ' ')
}))

interface IntakeDraftProps {
  readonly review: IntakeReview
  readonly zone: string
  readonly onZone: (zone: string) => void
  readonly onOpen: (storyId: string) => void
  /** Brings that story up to the page, instead of making one. */
  readonly onUpdate: (known: KnownItem) => void
  readonly isBusy: boolean
}

/** The story the page makes, as readers would see it. */
export function IntakeDraft({ review, zone, onZone, onOpen, onUpdate, isBusy }: IntakeDraftProps) {
  const words = useStrings()
  const { fields, body } = review
  const lead = fields.leadImage
  const language = fields.language ?? 'en'
  const published = fields.times?.firstPublished
  const updated = fields.times?.lastUpdated
  const embargo = fields.times?.embargo
  return (
    <section className="intake-draft" aria-label={words.intake.story}>
      <div className="intake-zone">
        <ComboBox label={words.intake.zone} options={zones} value={zone} onChange={onZone} />
      </div>
      {fields.wire && <KnownItems wire={fields.wire} onOpen={onOpen} onUpdate={onUpdate} isDisabled={isBusy} />}
      {review.warnings.map((warning) => (
        <Notice key={JSON.stringify(warning)} tone="warn">
          {inWords(warning)}
        </Notice>
      ))}
      <article className="intake-paper" lang={language} dir={resolveDirection(fields.direction ?? 'auto', language)}>
        {embargo && (
          <p className="intake-embargo">
            <Time label={words.story.embargoedUntil} instant={embargo} />
          </p>
        )}
        {(fields.section || fields.kicker) && <p className="intake-kicker">{fields.kicker || fields.section}</p>}
        <h1 data-missing={!fields.headline || undefined}>{fields.headline || words.intake.noHeadline}</h1>
        {fields.standfirst && <p className="intake-standfirst">{fields.standfirst}</p>}
        {fields.byline && (
          <p className="intake-byline" dir="auto">
            {words.story.byline}: {fields.byline}
          </p>
        )}
        {lead && <DraftPicture picture={lead} />}
        {(published || updated) && (
          <p className="intake-times" dir="auto">
            {published && <Time label={words.story.published} instant={published} />}
            {updated && <Time label={words.story.updated} instant={updated} />}
          </p>
        )}
        <p className="intake-count" dir="auto">
          {words.intake.paragraphs(body.blocks.length)} · {words.intake.words(wordsOfBody(body))}
        </p>
        {body.blocks.length === 0 && <p className="intake-missing">{words.intake.noBody}</p>}
        {body.blocks.slice(0, SHOWN).map((block) => (
          <DraftBlock key={block.id} block={block} />
        ))}
        {body.blocks.length > SHOWN && (
          <p className="intake-count" dir="auto">
            {words.intake.notShown(body.blocks.length - SHOWN)}
          </p>
        )}
      </article>
    </section>
  )
}

function DraftBlock({ block }: { readonly block: Block }) {
  const text = blockToText(block)
  if (block.type === 'heading') return <h2>{text}</h2>
  if (block.type === 'quote') return <blockquote>{text}</blockquote>
  if (block.type === 'divider') return <hr />
  if (isTable(block)) return <DraftTable table={block} />
  if (isKnown(block) && block.type === 'image') return <DraftPicture picture={block.image} />
  if (isKnown(block) && block.type === 'list') {
    const List = block.ordered ? 'ol' : 'ul'
    return (
      <List {...(block.ordered && { start: block.start ?? 1 })}>
        {block.items.map(({ runs }, at) => (
          <li key={at}>{textOfRuns(runs)}</li>
        ))}
      </List>
    )
  }
  return <p>{text}</p>
}

function DraftPicture({ picture: { alt, caption, credit } }: { readonly picture: ImageUse }) {
  const words = useStrings()
  return (
    <figure className="intake-figure">
      <div className="intake-picture" role="img" aria-label={alt || words.intake.pictureToCome}>
        {words.intake.pictureToCome}
      </div>
      <figcaption>
        {caption}{' '}
        {credit && (
          <span className="intake-credit">
            {words.story.credit}: {credit}
          </span>
        )}
      </figcaption>
    </figure>
  )
}

function isTable(block: Block): block is TableBlock {
  return isKnown(block) && block.type === 'table'
}

function DraftTable({ table }: { readonly table: TableBlock }) {
  return (
    <table className="intake-table">
      <tbody>
        {table.rows.map(({ cells }, row) => (
          <tr key={row}>
            {cells.map(({ runs }, column) => {
              const isName = (table.headerRow && row === 0) || (table.headerColumn && column === 0)
              return isName ? <th key={column}>{textOfRuns(runs)}</th> : <td key={column}>{textOfRuns(runs)}</td>
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Time({ label, instant }: { readonly label: string; readonly instant: Instant }) {
  const words = useStrings()
  return (
    <span title={instant.source ? words.intake.asRead(instant.source) : undefined}>
      {label} <time dateTime={instant.utc}>{moment(instant.utc, instant.zone)}</time>
    </span>
  )
}
