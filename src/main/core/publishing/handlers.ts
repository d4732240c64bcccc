import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { PublishingService } from './publishing.ts'
import type { PlannedField } from './targets/target.ts'

/** The most characters of a value that are shown to a person. */
const LONGEST_VALUE = 600

export function publishingHandlers(publishing: PublishingService): GroupHandlers<Contract, 'publishing'> {
  return {
    targets: () => publishing.targets.list(),
    saveTarget: (input) => publishing.saveTarget(input),
    detectTarget: ({ url, trusted = null }, { signal }) => publishing.detectTarget(url, trusted, signal),
    async removeTarget({ id }) {
      await publishing.removeTarget(id)
      return {}
    },
    testTarget: ({ id }, { signal }) => publishing.testTarget(id, signal),
    publish: (input) => publishing.approving.publishWithPictures(input),
    publishTogether: (input) => publishing.approving.publishTogether(input),
    standings: ({ storyId }) => publishing.standings(storyId),
    async atWork({ storyId, targetId }, { signal }) {
      const found = await publishing.atWork(storyId, targetId, signal)
      return found && { name: found.name, at: new Date(found.at).toISOString() }
    },
    withdraw: (input) => publishing.withdraw(input),
    keep: ({ id }) => publishing.follower.keep(id),
    async clock({ targetId }, { signal }) {
      return { ahead: await publishing.clocks.look(targetId, signal) }
    },
    outbox: (filter) => publishing.queue.list(filter),
    embargoes: () => publishing.queue.embargoes(),
    item: ({ id }) => publishing.queue.item(id),
    pause({ targetId }) {
      publishing.pausing.pause(targetId)
      return {}
    },
    resume({ targetId }) {
      publishing.pausing.resume(targetId)
      return {}
    },
    retry: ({ id }) => publishing.queue.retry(id),
    cancel: ({ id }) => publishing.queue.cancel(id),
    overwrite: ({ id, etag }) => publishing.conflicts.overwrite(id, etag),
    publishAsNew: ({ id }) => publishing.conflicts.publishAsNew(id),
    remote: ({ id }) => publishing.conflicts.remote(id),
    merge: ({ id }, { signal }) => publishing.merging.look(id, signal),
    publishMerged: (input) => publishing.merging.publish(input),
    orphans: ({ targetId }, { signal }) => publishing.orphans.list(targetId, signal),
    removeOrphans: ({ targetId, ids }, { signal }) => publishing.orphans.remove(targetId, ids, signal),
    async requests(input) {
      const planned = await publishing.approving.requests(input)
      return planned.map((request) => ({ ...request, fields: request.fields.map(shortened) }))
    },
    async newsletters({ targetId }, { signal }) {
      const { list, problem } = await publishing.newsletters.list(targetId, signal)
      return { newsletters: list, problem }
    },
    async people({ targetId }, { signal }) {
      const { list, problem } = await publishing.people.list(targetId, signal)
      return { people: list, problem }
    },
    practice: () => publishing.practice.status(),
    startPractice: () => publishing.startPractice(),
    async stopPractice() {
      await publishing.stopPractice()
      return {}
    }
  }
}

function shortened(field: PlannedField): PlannedField & { more?: number } {
  const characters = [...field.value]
  if (characters.length <= LONGEST_VALUE) return field
  return {
    ...field,
    value: characters.slice(0, LONGEST_VALUE).join(''),
    more: characters.length - LONGEST_VALUE
  }
}
