import { language } from '../../hosts/language.ts'
import type { StorySummary } from '../../../shared/story/fields.ts'
import { Status, statuses } from '../../../shared/story/status.ts'
import { LibrarySort } from '../../../shared/contract/library.ts'
import type { Command } from '../command.ts'
import { EXIT, usageError } from '../exit-codes.ts'
import { say } from '../../../shared/words/message.ts'

const words = language.cli

export const list: Command<'list'> = {
  name: 'list',
  options: {
    search: { type: 'string' },
    status: {
      type: 'string',
      multiple: true,
      values: statuses
    },
    section: { type: 'string' },
    language: { type: 'string' },
    sort: { type: 'string', values: LibrarySort.options },
    reverse: { type: 'boolean' },
    limit: { type: 'string' }
  },
  min: 0,
  max: 0,
  async run(context) {
    const { output } = context
    const wanted = context.texts('status').map((status) => {
      const known = Status.safeParse(status)
      if (!known.success) throw usageError(say('commandLine.noSuchStatus', { status, statuses: statuses.join(', ') }))
      return known.data
    })
    const sort = LibrarySort.safeParse(context.text('sort') ?? 'changed')
    if (!sort.success)
      throw usageError(
        say('commandLine.noSuchSort', { sort: context.text('sort') ?? '', sorts: LibrarySort.options.join(', ') })
      )
    const section = context.text('section')
    const language = context.text('language')
    const filter = {
      ...(wanted.length > 0 && { statuses: wanted }),
      ...(section !== undefined && { section }),
      ...(language !== undefined && { language })
    }
    const given = context.number('limit', 50)
    const limit = given === 0 ? Infinity : given
    const { call } = await context.connect()

    const search = context.text('search')
    if (search !== undefined) {
      const rows: StorySummary[] = []
      for (;;) {
        const { hits, more } = await call.library.search(
          {
            text: `${search} `,
            filter,
            order: 'newest',
            limit: Math.min(200, Math.max(1, limit - rows.length)),
            offset: rows.length
          },
          context.signal
        )
        rows.push(...hits.map(({ summary }) => summary))
        if (!more || rows.length >= limit || rows.length >= 10_000) break
      }
      output.table(rows, columns)
      return EXIT.ok
    }

    let after: string | null = null
    let shown = 0
    let total: number
    do {
      const start: { after: string } | undefined = after === null ? undefined : { after }
      const page = await call.library.page(
        {
          filter,
          sort: sort.data,
          descending: context.flag('reverse') !== (sort.data !== 'headline'),
          limit: Math.min(500, limit - shown),
          ...(start && { start })
        },
        context.signal
      )
      output.table(page.rows, shown === 0 ? columns : columns.map((column) => ({ ...column, title: '' })))
      shown += page.rows.length
      total = page.total
      after = page.next
    } while (after !== null && shown < limit)
    if (shown < total && !output.json) output.say(words.listed(shown, total))
    return EXIT.ok
  }
}

const columns = [
  { title: words.columns.id, value: ({ id }: StorySummary) => id },
  { title: words.columns.status, value: ({ status }: StorySummary) => status },
  {
    title: words.columns.changed,
    value: ({ changedAt }: StorySummary) => `${changedAt.slice(0, 16).replace('T', ' ')}Z`
  },
  { title: words.columns.section, value: ({ section }: StorySummary) => section },
  { title: words.columns.words, value: ({ words }: StorySummary) => String(words) },
  { title: words.columns.headline, value: ({ headline }: StorySummary) => headline || words.untitled, wide: true }
]
