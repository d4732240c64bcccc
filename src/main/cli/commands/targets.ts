import { groupedFingerprint, readFingerprint, type Fingerprint } from '../../../shared/publishing/certificate.ts'
import type { Target } from '../../../shared/contract/publishing.ts'
import { siteAddress, withScheme } from '../../../shared/publishing/site-address.ts'
import { kindsAddedByHand, TargetKind } from '../../../shared/publishing/targets/index.ts'
import { sameName } from '../../../shared/publishing/same-name.ts'
import { CmsAuthors } from '../../../shared/publishing/targets/target-kind.ts'
import { say } from '../../../shared/words/message.ts'
import { inWords, language } from '../../hosts/language.ts'
import type { Command, CommandContext } from '../command.ts'
import { EXIT, usageError, type ExitCode } from '../exit-codes.ts'
import { findTarget } from '../find-target.ts'

/** Characters. Anything longer was not meant as a secret. */
const LONGEST_SECRET = 10_000

export const targets: Command<'targets'> = {
  name: 'targets',
  options: {
    kind: { type: 'string', values: kindsAddedByHand },
    url: { type: 'string' },
    user: { type: 'string' },
    'secret-stdin': { type: 'boolean' },
    'secret-env': { type: 'string' },
    set: { type: 'string', multiple: true },
    fingerprint: { type: 'string' },
    forget: { type: 'boolean' },
    remove: { type: 'boolean' }
  },
  min: 0,
  max: 2,
  async run(context) {
    const [verb, name] = context.operands
    if (verb === undefined) return listTargets(context)
    if (name === undefined) throw usageError(say('commandLine.targetNeedsName', { verb }))
    switch (verb) {
      case 'add':
        return addTarget(context, name)
      case 'test':
        return testTarget(context, name)
      case 'trust':
        return trustTarget(context, name)
      case 'orphans':
        return listOrphans(context, name)
      case 'authors':
        return listAuthors(context, name)
      case 'remove':
        return removeTarget(context, name)
      default:
        throw usageError(say('commandLine.noSuchVerb', { verb }))
    }
  }
}

async function listTargets({ connect, output }: CommandContext): Promise<ExitCode> {
  const { call } = await connect()
  const { columns } = language.cli
  output.table(await call.publishing.targets({}), [
    { title: columns.name, value: ({ name }: Target) => name, wide: true },
    { title: columns.kind, value: ({ kind }) => kind },
    { title: columns.secret, value: ({ secret }) => secret },
    { title: columns.address, value: ({ url }) => url }
  ])
  return EXIT.ok
}

async function addTarget(context: CommandContext, name: string): Promise<ExitCode> {
  const typed = context.text('url')
  if (typed === undefined) throw usageError(say('commandLine.noUrl'))
  const user = context.text('user')
  const settings = { ...(user !== undefined && { user }), ...settingsOf(context.texts('set')) }
  const trusted = fingerprintOf(context)
  const secret = await secretOf(context)
  const { call } = await context.connect()
  const said = TargetKind.safeParse(context.text('kind')).data
  const url = said === 'open' ? withScheme(typed) : siteAddress(typed)
  const kind = said ?? (await detected(context, url, trusted))
  const target = await call.publishing.saveTarget({
    name,
    kind,
    url,
    settings,
    ...(trusted !== null && { trusted }),
    ...(secret !== null && { secret })
  })
  context.output.result(target, () => language.cli.targets.added(target.name, target.kind, target.url))
  if (target.secret === 'this-run') context.output.say(language.cli.targets.thisRun)
  return EXIT.ok
}

/** What the address reveals about the target. Throws a usage error if that is nothing. */
async function detected(
  { connect, output, signal }: CommandContext,
  url: string,
  trusted: Fingerprint | null
): Promise<TargetKind> {
  const { call } = await connect()
  const asked = { url, ...(trusted !== null && { trusted }) }
  const { kind, message, certificate } = await call.publishing.detectTarget(asked, signal)
  if (kind === null) {
    output.say(inWords(message))
    if (certificate) output.say(language.cli.targets.certificate(certificate))
    throw usageError(say('commandLine.whichKind', { kinds: kindsAddedByHand.join(', ') }))
  }
  return kind
}

async function testTarget(context: CommandContext, name: string): Promise<ExitCode> {
  const connection = await context.connect()
  const target = await findTarget(connection, name)
  const tested = await connection.call.publishing.testTarget({ id: target.id }, context.signal)
  context.output.result(tested, () => language.cli.targets.tested(target.name, inWords(tested.message)))
  if (tested.certificate) {
    const { certificate, howToTrust } = language.cli.targets
    context.output.say(certificate(tested.certificate))
    context.output.say(howToTrust(target.name, groupedFingerprint(tested.certificate.fingerprint)))
  }
  return tested.ok ? EXIT.ok : EXIT.refused
}

/**
 * Sets which certificate is trusted for a target, only ever from what the person gives; with --forget, none any more.
 */
async function trustTarget(context: CommandContext, name: string): Promise<ExitCode> {
  const trusted = fingerprintOf(context)
  if ((trusted === null) !== context.flag('forget')) throw usageError(say('commandLine.noFingerprint'))
  const connection = await context.connect()
  const { id, kind, url, name: targetName } = await findTarget(connection, name)
  const target = await connection.call.publishing.saveTarget({ id, kind, url, name: targetName, trusted })
  const { trusts, trustsNone } = language.cli.targets
  context.output.result(target, () =>
    target.trusted === null ? trustsNone(target.name) : trusts(target.name, groupedFingerprint(target.trusted))
  )
  return EXIT.ok
}

/** Null if none was given. */
function fingerprintOf(context: CommandContext): Fingerprint | null {
  const text = context.text('fingerprint')
  if (text === undefined) return null
  const fingerprint = readFingerprint(text)
  if (fingerprint === null) throw usageError(say('commandLine.notAFingerprint'))
  return fingerprint
}

async function removeTarget(context: CommandContext, name: string): Promise<ExitCode> {
  const connection = await context.connect()
  const target = await findTarget(connection, name)
  await connection.call.publishing.removeTarget({ id: target.id })
  context.output.result({ removed: target.id }, () => language.cli.targets.removed(target.name))
  return EXIT.ok
}

/** Lists whom posts there can name as authors; with --set BYLINE=ID, assigns one. */
async function listAuthors(context: CommandContext, name: string): Promise<ExitCode> {
  const connection = await context.connect()
  const { id, kind, url, name: targetName, settings } = await findTarget(connection, name)
  const { publishing } = connection.call
  const known = CmsAuthors.safeParse(settings['authors'] ?? {}).data ?? {}
  const { people, problem } = await publishing.people({ targetId: id }, context.signal)
  const chosen = context.texts('set').map((pair): readonly [string, string] => {
    const at = pair.lastIndexOf('=')
    const [byline, who] = [pair.slice(0, Math.max(0, at)).trim(), pair.slice(at + 1).trim()]
    const person = people.find((one) => one.id === who || sameName(one.name, who))
    if (byline === '' || (who !== '' && !person)) throw usageError(say('commandLine.noSuchAuthor', { pair }))
    return [byline, person?.id ?? '']
  })
  const authors = { ...known, ...Object.fromEntries(chosen) }
  if (chosen.length > 0) await publishing.saveTarget({ id, kind, url, name: targetName, settings: { authors } })
  const { columns, targets: words } = language.cli
  context.output.table(people, [
    { title: columns.id, value: (person) => person.id },
    { title: columns.name, value: (person) => person.name, wide: true }
  ])
  if (problem) context.output.say(inWords(problem))
  for (const [byline, who] of Object.entries(authors))
    context.output.say(words.isAuthor(byline, people.find((person) => person.id === who)?.name ?? who))
  return EXIT.ok
}

/** Lists what faults left there; with --remove, deletes it. */
async function listOrphans(context: CommandContext, name: string): Promise<ExitCode> {
  const connection = await context.connect()
  const { id: targetId } = await findTarget(connection, name)
  const { publishing } = connection.call
  const found = await publishing.orphans({ targetId }, context.signal)
  const { columns, targets: words } = language.cli
  if (found.length === 0) context.output.say(words.noOrphans)
  context.output.table(found, [
    { title: columns.kind, value: ({ kind }) => words.orphans[kind] },
    { title: columns.name, value: ({ name: file }) => file, wide: true },
    { title: columns.headline, value: ({ headline }) => headline, wide: true }
  ])
  for (const { name: file, kept } of found) if (kept) context.output.say(`${file}: ${inWords(kept)}`)
  if (!context.flag('remove') || found.length === 0) return EXIT.ok
  const { removed, left } = await publishing.removeOrphans({ targetId, ids: found.map(({ id }) => id) })
  context.output.say(words.orphansRemoved(removed.length))
  for (const { orphan, message } of left) context.output.say(`${orphan.name}: ${inWords(message)}`)
  return left.length === 0 ? EXIT.ok : EXIT.refused
}

function settingsOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, key, value] = /^([A-Za-z][A-Za-z0-9]*)=([\s\S]*)$/.exec(pair) ?? []
      if (key === undefined || value === undefined) throw usageError(say('commandLine.notASetting', { pair }))
      return [key, value]
    })
  )
}

/** Null if none was given. */
async function secretOf(context: CommandContext): Promise<string | null> {
  const variable = context.text('secret-env')
  if (variable !== undefined) {
    const secret = process.env[variable]
    if (!secret) throw usageError(say('commandLine.emptyVariable', { variable }))
    return secret
  }
  if (!context.flag('secret-stdin')) return null
  let text = ''
  for await (const piece of process.stdin.setEncoding('utf8') as AsyncIterable<string>) {
    text += piece
    if (text.length > LONGEST_SECRET) throw usageError(say('commandLine.secretTooLong'))
  }
  const secret = text.replace(/\r?\n$/, '')
  if (secret === '') throw usageError(say('commandLine.noSecret'))
  return secret
}
