import type { OutboxItem } from '../../../shared/contract/publishing.ts'
import type { Command } from '../command.ts'
import { whatHappened } from '../../hosts/language.ts'
import { EXIT } from '../exit-codes.ts'

export const outbox: Command = {
  name: 'outbox',
  operands: '',
  summary: 'lists what is on its way to a CMS, and what became of it',
  options: { open: { type: 'boolean', help: 'only what is not done' } },
  min: 0,
  max: 0,
  async run({ output, flag, connect }) {
    const { call } = await connect()
    const items = await call.publishing.outbox(flag('open') ? { open: true } : {})
    output.table(items, [
      { title: 'ID', value: ({ id }: OutboxItem) => id },
      { title: 'STATE', value: ({ state }) => state },
      { title: 'TARGET', value: ({ targetName }) => targetName },
      { title: 'REVISION', value: ({ revision }) => String(revision) },
      { title: 'QUEUED', value: ({ queuedAt }) => `${queuedAt.slice(0, 16).replace('T', ' ')}Z` },
      { title: 'HEADLINE', value: ({ headline }) => headline, wide: true },
      { title: 'PROBLEM', value: ({ problem }) => (problem ? whatHappened(problem) : '') }
    ])
    return EXIT.ok
  }
}
