import type { OutboxItem } from '../../../shared/contract/publishing.ts'
import type { Command } from '../command.ts'
import { language, whatHappened } from '../../hosts/language.ts'
import { EXIT } from '../exit-codes.ts'

export const outbox: Command<'outbox'> = {
  name: 'outbox',
  options: { open: { type: 'boolean' } },
  min: 0,
  max: 0,
  async run({ output, flag, connect }) {
    const { call } = await connect()
    const items = await call.publishing.outbox(flag('open') ? { open: true } : {})
    const { columns } = language.cli
    output.table(items, [
      { title: columns.id, value: ({ id }: OutboxItem) => id },
      { title: columns.state, value: ({ state }) => state },
      { title: columns.target, value: ({ targetName }) => targetName },
      { title: columns.revision, value: ({ revision }) => String(revision) },
      { title: columns.queued, value: ({ queuedAt }) => `${queuedAt.slice(0, 16).replace('T', ' ')}Z` },
      { title: columns.headline, value: ({ headline }) => headline, wide: true },
      { title: columns.problem, value: ({ problem }) => (problem ? whatHappened(problem) : '') }
    ])
    return EXIT.ok
  }
}
