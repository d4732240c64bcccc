import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import { language, whatHappened } from '../../hosts/language.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { findStory } from '../find-story.ts'

export const receipt: Command<'receipt'> = {
  name: 'receipt',
  options: {},
  min: 1,
  max: 1,
  async run({ operands, output, connect }) {
    const connection = await connect()
    const story = await findStory(connection, operands[0] ?? '')
    const items = await connection.call.publishing.outbox({ storyId: story.id })
    const newest = new Map<string, OutboxItem>()
    for (const item of items) if (item.receipt && !newest.has(item.targetId)) newest.set(item.targetId, item)
    if (newest.size === 0) throw new GalleyError('not_found', say('commandLine.noReceipt'))
    for (const item of newest.values()) {
      output.result(
        { target: item.targetName, storyId: item.storyId, purpose: item.purpose, reason: item.reason, ...item.receipt },
        () => describe(item)
      )
    }
    return EXIT.ok
  }
}

/** The receipt in lines; whose it is if a later version was to take its place. */
export function describe({ targetName, receipt, reason, purpose, revision: own }: OutboxItem): string {
  if (!receipt) return ''
  const { url, revision, at, sha256, media, differences = [] } = receipt
  const words = language.cli.receipt
  return [
    `${targetName}: ${receipt.withdrawn ? words.withdrawn(reason) : (url ?? words.noAddress)}`,
    `  ${words.facts(revision, media, receipt.firedBy ? words.publicBy(at) : words.readBack(at), sha256)}`,
    ...(purpose === 'publish' && revision < own ? [`  ${words.ofEarlier(own)}`] : []),
    ...(receipt.firedBy === 'cms' ? [`  ${words.firedThere}`] : []),
    ...(receipt.since ? [`  ${words.since[receipt.since]}`] : []),
    ...differences.map(({ note }) => `  ${whatHappened(note)}`)
  ].join('\n')
}
