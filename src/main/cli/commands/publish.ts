import type { Contract } from '../../../shared/contract/contract.ts'
import type { OutboxItem, Target } from '../../../shared/contract/publishing.ts'
import { newId } from '../../../shared/lib/id.ts'
import type { Connection } from '../../../shared/rpc/client.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { inWords } from '../../hosts/language.ts'
import type { Command } from '../command.ts'
import { EXIT, usageError, type ExitCode } from '../exit-codes.ts'
import { findStory } from '../find-story.ts'

/** Between two looks at the outbox, in milliseconds. */
const LOOK_EVERY = 250

export const publish: Command = {
  name: 'publish',
  operands: 'ID',
  summary: 'approves a story as it is and publishes it to a CMS',
  about:
    'Without --wait it is queued, and leaves while Galley has the library open. “--target practice” starts the practice CMS where it is not running.\n' +
    'With --wait: 0 when the CMS has it and it was read back, 4 when the CMS refused it or it is in conflict, 5 when it was not done in time; it then stays queued.',
  options: {
    target: {
      type: 'string',
      value: 'NAME',
      help: 'name or id of a target in the settings; may be left out where there is only one'
    },
    wait: { type: 'boolean', help: 'wait until it is live' },
    timeout: { type: 'string', value: 'S', help: 'seconds to wait at most (default: 120)' }
  },
  min: 1,
  max: 1,
  async run(context) {
    const timeout = context.number('timeout', 120)
    const connection = await context.connect()
    const { call } = connection
    const story = await findStory(connection, context.operands[0] ?? '')
    const target = await findTarget(connection, context.text('target'))
    let item = await call.publishing.publish({
      storyId: story.id,
      targetId: target.id,
      revision: story.revision,
      changeId: newId()
    })
    if (context.flag('wait')) item = await settled(connection, item, timeout, context.signal, context.output.progress)
    context.output.result(item, () => describe(item))
    if (item.problem) context.output.say(inWords(item.problem))
    return context.flag('wait') ? exitCodeFor(item) : EXIT.ok
  }
}

async function findTarget({ call }: Connection<Contract>, name: string | undefined): Promise<Target> {
  const targets = await call.publishing.targets({})
  const found =
    name === undefined
      ? targets
      : targets.filter(
          (target) =>
            target.id === name ||
            target.name.toLowerCase() === name.toLowerCase() ||
            (name === 'practice' && target.kind === 'practice')
        )
  const [target, ...others] = found
  if (target && others.length === 0) {
    if (target.kind === 'practice' && !(await call.publishing.practice({})).running)
      await call.publishing.startPractice({})
    return target
  }
  if (name === 'practice' && !target) return (await call.publishing.startPractice({})).target
  const names = targets.map(({ name: one }) => `“${one}”`).join(', ')
  if (targets.length === 0)
    throw new GalleyError('not_found', 'This library has no target to publish to.', {
      next: 'Add one in Galley’s settings, or try --target practice.'
    })
  if (name === undefined || others.length > 0)
    throw usageError('There is more than one target.', `Name one with --target: ${names}.`)
  throw new GalleyError('not_found', `There is no target “${name}”.`, { next: `There is ${names}.` })
}

async function settled(
  { call }: Connection<Contract>,
  queued: OutboxItem,
  timeoutSeconds: number,
  signal: AbortSignal,
  progress: (line: string) => void
): Promise<OutboxItem> {
  const end = performance.now() + timeoutSeconds * 1000
  let item = queued
  while (!isSettled(item) && performance.now() < end && !signal.aborted) {
    progress(`${item.state} …`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
    item = (await call.publishing.outbox({ storyId: queued.storyId })).find(({ id }) => id === queued.id) ?? item
  }
  return item
}

function isSettled({ state }: OutboxItem): boolean {
  return ['done', 'refused', 'conflict', 'paused', 'cancelled'].includes(state)
}

function exitCodeFor({ state }: OutboxItem): ExitCode {
  if (state === 'done') return EXIT.ok
  return ['refused', 'conflict', 'paused', 'cancelled'].includes(state) ? EXIT.refused : EXIT.unreachable
}

function describe({ headline, targetName, state, receipt, revision }: OutboxItem): string {
  if (state === 'done' && receipt)
    return `Live on ${targetName}: ${receipt.url ?? headline} (revision ${receipt.revision}, read back ${receipt.at})`
  return `${state}: ${headline} → ${targetName}, revision ${revision}`
}
