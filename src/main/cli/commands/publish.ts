import { importedInstant } from '../../../shared/formats/imported-time.ts'
import { isoWithOffset } from '../../../shared/formats/zoned-time.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import type { Contract } from '../../../shared/contract/contract.ts'
import { deliveryHour, type Hour } from '../../../shared/story/delivery-hour.ts'
import { FiredBy, type OutboxItem } from '../../../shared/contract/outbox.ts'
import { type Target } from '../../../shared/contract/publishing.ts'
import { newId } from '../../../shared/lib/id.ts'
import type { Connection } from '../../../shared/rpc/client.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { inWords, language } from '../../hosts/language.ts'
import { exitCodeFor, settled } from '../await-outbox.ts'
import type { Command } from '../command.ts'
import { EXIT, usageError } from '../exit-codes.ts'
import { findStory } from '../find-story.ts'
import { say } from '../../../shared/words/message.ts'

export const publish: Command<'publish'> = {
  name: 'publish',
  options: {
    target: {
      type: 'string'
    },
    at: { type: 'string' },
    now: { type: 'boolean' },
    minor: { type: 'boolean' },
    correction: { type: 'boolean' },
    'fired-by': { type: 'string' },
    newsletter: { type: 'string' },
    wait: { type: 'boolean' },
    timeout: { type: 'string' }
  },
  min: 1,
  max: 1,
  async run(context) {
    const timeout = context.number('timeout', 120)
    const connection = await context.connect()
    const { call } = connection
    const story = await findStory(connection, context.operands[0] ?? '')
    const target = await findTarget(connection, context.text('target'))
    const at = context.flag('now') ? null : await hourOf(connection, context.text('at'))
    // The CMS may be out of reach; not knowing its clock is no reason not to queue the story.
    const { ahead } = await call.publishing
      .clock({ targetId: target.id }, context.signal)
      .catch(() => ({ ahead: null }))
    if (ahead !== null && Math.abs(ahead) > 60_000) context.output.say(language.window.publishing.clockDiffers(ahead))
    const newsletter = context.text('newsletter')
    const firedBy = firedByOf(context.text('fired-by'))
    const { findings } = await call.checks.story({ id: story.id })
    // Nobody is there to be asked: advice is printed, and the story is published.
    const advised = findings.filter(({ level }) => level === 'advised')
    if (advised.length > 0) {
      context.output.say(language.window.checks.advised(advised.length))
      for (const { said } of advised.slice(0, 10)) context.output.say(`  ${inWords(said)}`)
    }
    let item = await call.publishing
      .publish({
        storyId: story.id,
        targetId: target.id,
        revision: story.revision,
        changeId: newId(),
        ...(at !== undefined && { at }),
        ...(firedBy !== undefined && { firedBy }),
        ...(newsletter !== undefined && { newsletter }),
        ...(context.flag('minor') && { change: 'minor' }),
        ...(context.flag('correction') && { change: 'correction' })
      })
      .catch((thrown: unknown) => {
        if (!(thrown instanceof GalleyError) || thrown.detail?.['passed'] === undefined) throw thrown
        throw new GalleyError('refused', say('commandLine.hourPassed', { problem: thrown.said }), {
          detail: thrown.detail
        })
      })
    const patience = { timeoutSeconds: timeout, signal: context.signal, progress: context.output.progress }
    if (context.flag('wait')) item = await settled(connection, item, patience)
    context.output.result(item, () => describe(item))
    if (item.problem) context.output.say(inWords(item.problem))
    return context.flag('wait') ? exitCodeFor(item) : EXIT.ok
  }
}

/**
 * Undefined if none is given; then the story's hour or that of its approval applies. Throws a usage error for a time
 * that does not exist or occurs twice.
 */
async function hourOf({ call }: Connection<Contract>, text: string | undefined): Promise<Instant | undefined> {
  if (text === undefined) return undefined
  const { zone } = await call.settings.get({})
  const read = importedInstant(text, zone)
  if (!read) throw usageError(say('commandLine.notATime', { text }))
  if (read.problem !== null)
    throw usageError(
      say(read.problem === 'skipped' ? 'commandLine.timeSkipped' : 'commandLine.timeTwice', { zone, text })
    )
  return { utc: read.instant.utc, zone: read.instant.zone, origin: 'typed' }
}

/** Throws a usage error for anything but a known value. */
function firedByOf(text: string | undefined): FiredBy | undefined {
  if (text === undefined) return undefined
  const read = FiredBy.safeParse(text)
  if (!read.success) throw usageError(say('commandLine.firedBy', { names: FiredBy.options.join(', '), text }))
  return read.data
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
  if (targets.length === 0) throw new GalleyError('not_found', say('commandLine.noTargets'))
  if (name === undefined || others.length > 0) throw usageError(say('commandLine.whichTarget', { names }))
  throw new GalleyError('not_found', say('commandLine.noSuchTarget', { name, names }))
}

/** What became of a delivery, in a line. */
export function describe(item: OutboxItem): string {
  const { headline, targetName, state, receipt, revision, handedOver } = item
  if (state === 'done' && receipt) {
    const { readBack, publicBy } = language.cli.receipt
    const proven = receipt.firedBy ? publicBy(receipt.at) : readBack(receipt.at)
    return language.cli.live(targetName, receipt.url ?? headline, receipt.revision, proven)
  }
  const hour = deliveryHour(item)
  const said = (at: Hour): string => `${isoWithOffset(at)} (${at.zone})`
  if (state === 'handed-over' && hour)
    return language.cli.handedOver(said({ ...hour, utc: handedOver ?? hour.utc }), headline, targetName, revision)
  if (state === 'scheduled' && hour) return language.cli.scheduledFor(said(hour), headline, targetName, revision)
  return language.cli.onItsWay(state, headline, targetName, revision)
}
