import type { StorySummary } from '../../../shared/story/fields.ts'
import { Status, statuses } from '../../../shared/story/status.ts'
import { LibrarySort } from '../../../shared/contract/library.ts'
import type { Command } from '../command.ts'
import { EXIT, usageError } from '../exit-codes.ts'

export const list: Command = {
  name: 'list',
  operands: '',
  summary: 'lists stories, the newest change first',
  options: {
    search: { type: 'string', value: 'WORDS', help: 'only stories that hold all these words' },
    status: {
      type: 'string',
      multiple: true,
      value: 'STATUS',
      help: `${statuses.join(', ')}; may be given more than once (default: all but trashed)`
    },
    section: { type: 'string', value: 'NAME', help: 'only this section' },
    language: { type: 'string', value: 'CODE', help: 'only this language, such as ar' },
    sort: { type: 'string', value: 'KEY', help: `${LibrarySort.options.join(', ')} (default: changed)` },
    reverse: { type: 'boolean', help: 'the other way round: oldest, shortest, last letter first' },
    limit: { type: 'string', value: 'N', help: 'at most so many; 0 for all (default: 50)' }
  },
  min: 0,
  max: 0,
  async run(context) {
    const { output } = context
    const wanted = context.texts('status').map((status) => {
      const known = Status.safeParse(status)
      if (!known.success) throw usageError(`There is no status “${status}”.`, `It is one of ${statuses.join(', ')}.`)
      return known.data
    })
    const sort = LibrarySort.safeParse(context.text('sort') ?? 'changed')
    if (!sort.success)
      throw usageError(
        `Stories cannot be sorted by “${context.text('sort') ?? ''}”.`,
        `Sort by ${LibrarySort.options.join(', ')}.`
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
    if (shown < total && !output.json)
      output.say(`${shown} of ${total.toLocaleString('en')} stories; --limit 0 lists all.`)
    return EXIT.ok
  }
}

const columns = [
  { title: 'ID', value: ({ id }: StorySummary) => id },
  { title: 'STATUS', value: ({ status }: StorySummary) => status },
  { title: 'CHANGED', value: ({ changedAt }: StorySummary) => `${changedAt.slice(0, 16).replace('T', ' ')}Z` },
  { title: 'SECTION', value: ({ section }: StorySummary) => section },
  { title: 'WORDS', value: ({ words }: StorySummary) => String(words) },
  { title: 'HEADLINE', value: ({ headline }: StorySummary) => headline || 'Untitled story', wide: true }
]
