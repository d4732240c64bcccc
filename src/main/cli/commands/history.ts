import type { RevisionInfo } from '../../../shared/contract/revisions.ts'
import type { WordChange } from '../../../shared/document/diff/words.ts'
import { compareStories, type FieldChange } from '../../../shared/story/compare.ts'
import type { Story } from '../../../shared/story/story.ts'
import { say } from '../../../shared/words/message.ts'
import { language } from '../../hosts/language.ts'
import type { Command } from '../command.ts'
import { EXIT, usageError } from '../exit-codes.ts'
import { findStory } from '../find-story.ts'
import { clean } from '../output.ts'
import { revisionOf } from '../revision-of.ts'

/** Lists the versions of a story, or shows what differs between two of them. */
export const history: Command<'history'> = {
  name: 'history',
  options: { diff: { type: 'boolean' } },
  min: 1,
  max: 3,
  async run({ operands, output, flag, connect }) {
    const connection = await connect()
    const { call } = connection
    const { id } = await findStory(connection, operands[0] ?? '')
    if (flag('diff')) {
      const [before, after] = await Promise.all(
        [operands[1], operands[2]].map(async (text) =>
          text === undefined
            ? call.stories.get({ id })
            : call.revisions.get({ storyId: id, revision: revisionOf(text) })
        )
      )
      if (!before || !after || operands.length < 2) throw usageError(say('commandLine.diffNeedsRevisions'))
      output.result(compareStories(before, after), () => describe(before, after))
      return EXIT.ok
    }
    if (operands.length > 1) throw usageError(say('commandLine.diffNeedsRevisions'))
    const { columns, history: words } = language.cli
    output.table(await call.revisions.list({ storyId: id }), [
      { title: columns.revision, value: ({ revision }: RevisionInfo) => String(revision) },
      { title: columns.saved, value: ({ savedAt }) => `${savedAt.slice(0, 19).replace('T', ' ')}Z` },
      { title: columns.why, value: ({ reason, name }) => name ?? words.reasons[reason] },
      { title: columns.words, value: ({ words: count }) => String(count) },
      { title: columns.by, value: ({ person }) => person ?? '' },
      { title: columns.headline, value: ({ headline }) => headline, wide: true }
    ])
    return EXIT.ok
  }
}

/** As a list of changes, field by field and then the body: deletions after a minus, additions after a plus. */
function describe(before: Story, after: Story): string {
  const { fields, blocks, isEqual } = compareStories(before, after)
  const words = language.cli.history
  if (isEqual) return words.same
  const lines = fields.flatMap((change) => {
    const [gone, added] = sides(change)
    return sidesOf(nameOf(change), gone, added)
  })
  for (const { kind, moved, formatOnly, words: changed } of blocks) {
    if (kind === 'same' && !moved) continue
    const note = [moved && words.moved, formatOnly && words.formatOnly].filter(Boolean).join(' ')
    lines.push('', ...sidesOf(note, textOf(changed, 'new'), textOf(changed, 'gone')))
  }
  return lines.map(clean).join('\n').trim()
}

function sidesOf(title: string, gone: string, added: string): string[] {
  const { removed, added: plus } = language.cli.history
  return [
    ...(title === '' ? [] : [title]),
    ...(gone === '' ? [] : [`${removed} ${gone}`]),
    ...(added === '' || added === gone ? [] : [`${plus} ${added}`])
  ]
}

function nameOf(change: FieldChange): string {
  return language.window.compare.fields[change.kind === 'picture' ? 'leadImage' : change.field]
}

function sides(change: FieldChange): [string, string] {
  if (change.kind === 'words') return [textOf(change.words, 'new'), textOf(change.words, 'gone')]
  if (change.kind === 'instant') return [change.before?.utc ?? '', change.after?.utc ?? '']
  const caption = (use: typeof change.before): string =>
    use ? [use.mediaId?.slice(0, 12), use.caption, use.credit, use.alt].filter(Boolean).join(' · ') : ''
  return [caption(change.before), caption(change.after)]
}

/** One side of a change: all words except those only on the other side. */
function textOf(words: readonly WordChange[], other: 'new' | 'gone'): string {
  return words
    .filter(({ kind }) => kind !== other)
    .map(({ text }) => text)
    .join('')
}
