import { useMemo } from 'react'
import type { OnlyThere } from '../../../shared/contract/publishing.ts'
import { diffWords } from '../../../shared/document/diff/words.ts'
import type { Block } from '../../../shared/document/document.ts'
import type { ImageUse } from '../../../shared/document/image-use.ts'
import { picturesOfBlock } from '../../../shared/document/pictures.ts'
import { blockToText } from '../../../shared/document/to-text.ts'
import { wordsOf } from '../../../shared/story/compare.ts'
import {
  mergeParts,
  mergeRows,
  sideOf,
  toBeChosen,
  type MergePart,
  type MergeSide
} from '../../../shared/story/merge.ts'
import type { MergeViewProps } from '../../api/slots.tsx'
import { pictureUrl } from '../../api/pictures.ts'
import { useStrings } from '../../strings/strings.ts'
import { Checkbox } from 'react-aria-components'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Words } from './Words.tsx'
import './compare.css'
import './merge.css'

/** Ours and what the CMS holds, part by part, each beside what both came from, with the choice between them. */
export function MergeView({ view: { base, ours, theirs, onlyThere }, choices, onChange }: MergeViewProps) {
  const words = useStrings()
  const parts = useMemo(() => mergeParts(base, ours, theirs), [base, ours, theirs])
  const rows = useMemo(() => mergeRows(base, ours, theirs), [base, ours, theirs])
  const fields = parts.filter((part) => part.kind === 'field')
  const left = toBeChosen(parts, choices).length + onlyThere.filter(({ id }) => choices[id] !== 'mine').length
  const choose = (id: string, side: MergeSide): void => onChange({ ...choices, [id]: side })
  const part = (one: MergePart, n: number) => (
    <Part
      key={one.id}
      part={one}
      side={sideOf(one, choices)}
      name={one.kind === 'field' ? words.compare.fields[one.field] : `${words.merge.paragraph} ${n}`}
      onChoose={(side) => choose(one.id, side)}
    />
  )
  let paragraph = 0
  let same: Block[] = []
  const body = rows.flatMap((row) => {
    paragraph += 1
    if (row.kind === 'same') {
      same.push(row.block)
      return []
    }
    const before = <Unchanged key={`same ${row.part.id}`} blocks={same} />
    same = []
    return [before, part(row.part, paragraph)]
  })
  return (
    <div className="compare merge">
      <p className="merge-left" role="status" data-open={left > 0 || undefined}>
        {left > 0 ? words.merge.toChoose(left) : parts.length === 0 ? words.merge.equal : words.merge.allChosen}
      </p>
      {onlyThere.length > 0 && (
        <section className="merge-only" aria-label={words.merge.onlyThere}>
          <h3>{words.merge.onlyThere}</h3>
          <p>{words.merge.onlyThereText}</p>
          {onlyThere.map((one) => (
            <Only
              key={one.id}
              one={one}
              isLeftOut={choices[one.id] === 'mine'}
              onChange={(isLeftOut) => {
                const { [one.id]: _gone, ...others } = choices
                onChange(isLeftOut ? { ...others, [one.id]: 'mine' } : others)
              }}
            />
          ))}
        </section>
      )}
      {fields.map((one) => part(one, 0))}
      {body}
      <Unchanged blocks={same} />
    </div>
  )
}

function Unchanged({ blocks }: { readonly blocks: readonly Block[] }) {
  const words = useStrings().compare
  const last = blocks.at(-1)
  if (!last) return null
  return (
    <div className="merge-same">
      {blocks.length > 1 && <p className="compare-skipped">{words.unchanged(blocks.length - 1)}</p>}
      <p dir="auto">{blockToText(last)}</p>
    </div>
  )
}

interface OnlyProps {
  readonly one: OnlyThere
  readonly isLeftOut: boolean
  readonly onChange: (isLeftOut: boolean) => void
}

function Only({ one, isLeftOut, onChange }: OnlyProps) {
  const words = useStrings().merge
  const what = words.only[one.kind](one.name)
  return (
    <div className="merge-only-one">
      <span dir="auto">{what}</span>
      <Checkbox
        className="compare-choose"
        isSelected={isLeftOut}
        onChange={onChange}
        aria-label={`${words.leaveOut}: ${what}`}
      >
        <span className="compare-box" aria-hidden />
        {words.leaveOut}
      </Checkbox>
    </div>
  )
}

interface PartProps {
  readonly part: MergePart
  readonly name: string
  readonly side: MergeSide | null
  readonly onChoose: (side: MergeSide) => void
}

function Part({ part, name, side, onChoose }: PartProps) {
  const words = useStrings().merge
  return (
    <section className="merge-part" data-open={side === null || undefined} aria-label={name}>
      <header>
        <h3>{name}</h3>
        {part.proposed === null && <small>{words.undecided}</small>}
        <SegmentedControl
          bare
          label={name}
          value={side}
          onChange={onChoose}
          options={part.choices.map((id) => ({ id, label: words[id] }))}
        />
      </header>
      <div className="merge-sides">
        {(['mine', 'theirs'] as const).map((which) => (
          <div key={which} className="merge-side" data-taken={side === which || side === 'both' || undefined}>
            <small>{words[which]}</small>
            <Side part={part} which={which} />
          </div>
        ))}
      </div>
    </section>
  )
}

function Side({ part, which }: { readonly part: MergePart; readonly which: 'mine' | 'theirs' }) {
  const words = useStrings().merge
  const now = part[which]
  const [before, after] = [textOf(part, part.base), textOf(part, now)]
  const pictures = picturesOfSide(part, which)
  // What neither side began with was put in by the other.
  if (part.kind === 'block' && now === null)
    return <p className="compare-none">{part.base === null ? words.notThere : words.takenOut}</p>
  if (part.kind === 'field' && after === '' && before !== '' && pictures.length === 0)
    return <p className="compare-none">{words.takenOut}</p>
  const isSame = JSON.stringify(now) === JSON.stringify(part.base)
  return (
    <>
      {pictures.map((use, at) =>
        use.mediaId === null ? null : <img key={at} src={pictureUrl(use.mediaId, 480)} alt={use.alt} />
      )}
      <p dir="auto">
        <Words of={part.base === null ? [{ kind: 'new', text: after }] : diffWords(before, after)} />
      </p>
      {isSame && <p className="compare-none">{words.unchanged}</p>}
    </>
  )
}

function textOf(part: MergePart, value: unknown): string {
  if (value === null || value === undefined) return ''
  return part.kind === 'block' ? blockToText(value as Block) : wordsOf(value)
}

function picturesOfSide(part: MergePart, which: 'mine' | 'theirs'): readonly ImageUse[] {
  if (part.kind === 'block') return part[which] ? picturesOfBlock(part[which]) : []
  const value = part[which]
  return part.field === 'leadImage' && value ? [value as ImageUse] : []
}
