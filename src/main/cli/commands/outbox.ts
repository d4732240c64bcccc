import type { Contract } from '../../../shared/contract/contract.ts'
import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { isoWithOffset } from '../../../shared/formats/zoned-time.ts'
import type { Connection } from '../../../shared/rpc/client.ts'
import type { Command } from '../command.ts'
import { language, whatHappened } from '../../hosts/language.ts'
import { EXIT } from '../exit-codes.ts'
import type { Output } from '../output.ts'

export const outbox: Command<'outbox'> = {
  name: 'outbox',
  options: { open: { type: 'boolean' }, planned: { type: 'boolean' } },
  min: 0,
  max: 0,
  async run({ output, flag, connect }) {
    const connection = await connect()
    if (flag('planned')) {
      await listPlanned(connection, output)
      return EXIT.ok
    }
    const items = await connection.call.publishing.outbox(flag('open') ? { open: true } : {})
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

/** Something that will happen at a set time: a delivery leaves, or an embargo ends. */
interface Planned {
  readonly kind: 'delivery' | 'embargo'
  /** With the UTC offset of the desk's zone. */
  readonly at: string
  readonly storyId: string
  readonly headline: string
  /** Null for an embargo. */
  readonly target: string | null
  /** The delivery's id; null for an embargo. */
  readonly id: string | null
  readonly state: OutboxItem['state'] | null
  /** Who makes it public; null for an embargo, which sends nothing, and for what is paused or has stopped. */
  readonly sentBy: 'laptop' | 'site' | null
}

/** Nobody sends these before a person has dealt with them. */
const AT_REST: ReadonlySet<OutboxItem['state']> = new Set(['paused', 'conflict', 'refused'])

/** Lists deliveries planned for a time and embargoes still to end, the next first, in the desk's zone. */
async function listPlanned({ call }: Connection<Contract>, output: Output): Promise<void> {
  const [{ zone }, items, embargoes] = await Promise.all([
    call.settings.get({}),
    call.publishing.outbox({ open: true }),
    call.publishing.embargoes({})
  ])
  const { columns, planned: words } = language.cli
  output.table(plannedRows(items, embargoes, zone), [
    {
      title: columns.leaves,
      value: ({ at }) => at.slice(0, 16).replace('T', ' ') + at.slice(at.search(/(?:Z|[+-]\d\d:\d\d)$/))
    },
    { title: columns.kind, value: ({ kind }) => words[kind] },
    { title: columns.target, value: ({ target }) => target ?? '' },
    { title: columns.sentBy, value: saidOfSender },
    { title: columns.headline, value: ({ headline }) => headline, wide: true },
    { title: columns.id, value: ({ id }) => id ?? '' }
  ])
}

/** Who sends it, or else in what state it is held up. */
export function saidOfSender({ sentBy, state }: Planned): string {
  return sentBy ? language.cli.planned[sentBy] : (state ?? '')
}

export function plannedRows(
  items: readonly OutboxItem[],
  embargoes: readonly { readonly storyId: string; readonly headline: string; readonly until: string }[],
  zone: string
): readonly Planned[] {
  const deliveries = items.flatMap(({ id, storyId, headline, targetName, state, notBefore, firedBy }) =>
    notBefore === null
      ? []
      : [
          {
            kind: 'delivery',
            utc: notBefore,
            storyId,
            headline,
            target: targetName,
            id,
            state,
            sentBy: AT_REST.has(state) ? null : firedBy === 'cms' ? 'site' : 'laptop'
          } as const
        ]
  )
  const held = embargoes
    .filter(
      ({ storyId, until }) =>
        !deliveries.some((one) => one.storyId === storyId && Date.parse(one.utc) === Date.parse(until))
    )
    .map(
      ({ storyId, headline, until }) =>
        ({ kind: 'embargo', utc: until, storyId, headline, target: null, id: null, state: null, sentBy: null }) as const
    )
  return [...deliveries, ...held]
    .toSorted((one, other) => Date.parse(one.utc) - Date.parse(other.utc))
    .map(({ utc, ...rest }): Planned => ({ ...rest, at: isoWithOffset({ utc, zone }) }))
}
