import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { newId } from '../../../shared/lib/id.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import { inWords, language } from '../../hosts/language.ts'
import { exitCodeFor, settled } from '../await-outbox.ts'
import type { Command } from '../command.ts'
import { EXIT, usageError, type ExitCode } from '../exit-codes.ts'
import { findStory } from '../find-story.ts'
import { findTarget } from '../find-target.ts'

export const withdraw: Command<'withdraw'> = {
  name: 'withdraw',
  options: {
    target: { type: 'string', multiple: true },
    reason: { type: 'string' },
    wait: { type: 'boolean' },
    timeout: { type: 'string' }
  },
  min: 1,
  max: 1,
  async run(context) {
    const timeoutSeconds = context.number('timeout', 120)
    const reason = context.text('reason')?.trim()
    if (!reason) throw usageError(say('commandLine.noReason'))
    const connection = await context.connect()
    const { call } = connection
    const story = await findStory(connection, context.operands[0] ?? '')
    const named = await Promise.all(context.texts('target').map((name) => findTarget(connection, name)))
    const standings = await call.publishing.standings({ storyId: story.id })
    const everywhere = standings.filter(({ state }) => state !== 'withdrawn').map(({ targetId }) => targetId)
    const targetIds = named.length > 0 ? named.map(({ id }) => id) : everywhere
    if (targetIds.length === 0) throw new GalleyError('refused', say('commandLine.notLive'))
    const queued = await call.publishing.withdraw({ storyId: story.id, targetIds, reason, changeId: newId() })
    let worst: ExitCode = EXIT.ok
    for (const item of queued) {
      const patience = { timeoutSeconds, signal: context.signal, progress: context.output.progress }
      const shown = context.flag('wait') ? await settled(connection, item, patience) : item
      context.output.result(shown, () => describe(shown))
      if (shown.problem) context.output.say(inWords(shown.problem))
      if (context.flag('wait') && worst === EXIT.ok) worst = exitCodeFor(shown)
    }
    return worst
  }
}

function describe({ headline, targetName, state, receipt, revision }: OutboxItem): string {
  if (state === 'done' && receipt) return language.cli.withdrawn(targetName, headline, receipt.at)
  return language.cli.onItsWay(state, headline, targetName, revision)
}
