import { useMemo, type ReactNode } from 'react'
import { Checkbox } from 'react-aria-components'
import type { VersionPart } from '../../../shared/contract/revisions.ts'
import type { BlockChange } from '../../../shared/document/diff/compare-bodies.ts'
import type { ImageUse } from '../../../shared/document/image-use.ts'
import { compareStories, type FieldChange } from '../../../shared/story/compare.ts'
import type { Story } from '../../../shared/story/story.ts'
import { pictureUrl } from '../../api/pictures.ts'
import { useStrings } from '../../strings/strings.ts'
import { moment } from '../../ui/format.ts'
import { Words } from './Words.tsx'
import './compare.css'

export interface CompareViewProps {
  readonly before: Story
  readonly after: Story
  readonly names: { readonly before: string; readonly after: string }
  /** Parts of the first can be chosen. */
  readonly choice?: PartChoice | undefined
}

export interface PartChoice {
  readonly label: string
  readonly chosen: VersionPart
  readonly onChange: (chosen: VersionPart) => void
}

/** Two stories, or two versions of one: what differs in every field, then the body word by word, pictures side by side. */
export function CompareView({ before, after, names, choice }: CompareViewProps) {
  const words = useStrings().compare
  const { fields, blocks, isEqual } = useMemo(() => compareStories(before, after), [before, after])
  return (
    <div className="compare">
      <p className="compare-key">
        <del>{names.before}</del> <ins>{names.after}</ins>
      </p>
      {isEqual && <p className="compare-equal">{words.equal}</p>}
      {fields.length > 0 && (
        <dl className="compare-fields">
          {fields.map((change) => (
            <Field key={change.kind === 'picture' ? 'leadImage' : change.field} change={change} choice={choice} />
          ))}
        </dl>
      )}
      <div className="compare-body">
        {gathered(blocks).map((part, at) =>
          Array.isArray(part) ? (
            <p key={at} className="compare-skipped">
              {words.unchanged(part.length)}
            </p>
          ) : (
            <BlockView key={at} change={part} choice={choice} />
          )
        )}
      </div>
    </div>
  )
}

function Field({ change, choice }: { readonly change: FieldChange; readonly choice: PartChoice | undefined }) {
  const words = useStrings().compare
  const field = change.kind === 'picture' ? 'leadImage' : change.kind === 'words' ? change.field : null
  const box = choice && field !== null && field !== 'status' && (
    <Choose
      label={`${choice.label}: ${words.fields[field]}`}
      isChosen={choice.chosen.fields.includes(field)}
      onChange={() => choice.onChange({ ...choice.chosen, fields: toggled(choice.chosen.fields, field) })}
    />
  )
  if (change.kind === 'picture')
    return (
      <Entry label={words.fields.leadImage} box={box}>
        <Pictures before={change.before ? [change.before] : []} after={change.after ? [change.after] : []} />
      </Entry>
    )
  if (change.kind === 'instant')
    return (
      <Entry label={words.fields[change.field]}>
        {change.before && <del>{moment(change.before.utc, change.before.zone)}</del>}{' '}
        {change.after && <ins>{moment(change.after.utc, change.after.zone)}</ins>}
      </Entry>
    )
  return (
    <Entry label={words.fields[change.field]} box={box}>
      <Words of={change.words} />
    </Entry>
  )
}

interface EntryProps {
  readonly label: string
  readonly box?: ReactNode
  readonly children: ReactNode
}

function Entry({ label, box, children }: EntryProps) {
  return (
    <>
      <dt>
        {box}
        {label}
      </dt>
      <dd dir="auto">{children}</dd>
    </>
  )
}

function BlockView({ change, choice }: { readonly change: BlockChange; readonly choice: PartChoice | undefined }) {
  const words = useStrings().compare
  const id = change.before?.id ?? change.after?.id
  const notes = [change.moved && words.moved, change.formatOnly && words.formatOnly].filter(Boolean)
  return (
    <div className="compare-block" data-change={change.kind} dir="auto">
      {choice && id !== undefined && change.kind !== 'same' && (
        <Choose
          label={choice.label}
          isChosen={choice.chosen.blocks.includes(id)}
          onChange={() => choice.onChange({ ...choice.chosen, blocks: toggled(choice.chosen.blocks, id) })}
        />
      )}
      {notes.length > 0 && <small>{notes.join(' · ')}</small>}
      {change.pictures && <Pictures {...change.pictures} />}
      {/* The words of a picture stand under it already. */}
      {!(change.pictures && change.words.every(({ kind }) => kind === 'same')) && (
        <p>
          <Words of={change.words} />
        </p>
      )}
    </div>
  )
}

interface ChooseProps {
  readonly label: string
  readonly isChosen: boolean
  readonly onChange: () => void
}

function Choose({ label, isChosen, onChange }: ChooseProps) {
  return (
    <Checkbox className="compare-choose" aria-label={label} isSelected={isChosen} onChange={onChange}>
      <span className="compare-box" aria-hidden />
    </Checkbox>
  )
}

function toggled<T>(all: readonly T[], one: T): T[] {
  return all.includes(one) ? all.filter((other) => other !== one) : [...all, one]
}

function Pictures({ before, after }: { readonly before: readonly ImageUse[]; readonly after: readonly ImageUse[] }) {
  return (
    <div className="compare-pictures">
      <Side uses={before} change="gone" />
      <Side uses={after} change="new" />
    </div>
  )
}

function Side({ uses, change }: { readonly uses: readonly ImageUse[]; readonly change: 'gone' | 'new' }) {
  const words = useStrings().compare
  return (
    <div data-change={change}>
      {uses.map((use, at) => (
        <figure key={at}>
          {use.mediaId === null ? (
            <span className="compare-none">{words.noPicture}</span>
          ) : (
            <img src={pictureUrl(use.mediaId, 480)} alt={use.alt} />
          )}
          <figcaption dir="auto">{[use.caption, use.credit, use.alt].filter(Boolean).join(' · ')}</figcaption>
        </figure>
      ))}
      {uses.length === 0 && <span className="compare-none">{words.noPicture}</span>}
    </div>
  )
}

/** Long stretches that are the same are one line: the first and the last of them stay, to see the place by. */
function gathered(blocks: readonly BlockChange[]): (BlockChange | BlockChange[])[] {
  const parts: (BlockChange | BlockChange[])[] = []
  let run: BlockChange[] = []
  const settle = (): void => {
    const [first, ...rest] = run
    const last = rest.pop()
    if (first) parts.push(first)
    if (rest.length > 0) parts.push(rest)
    if (last) parts.push(last)
    run = []
  }
  for (const block of blocks) {
    if (block.kind === 'same' && !block.moved) run.push(block)
    else {
      settle()
      parts.push(block)
    }
  }
  settle()
  return parts
}
