import { expect, it } from 'vitest'
import { StoryChecks, type CheckedStory } from '../../src/renderer/api/checks.ts'
import { createStore } from '../../src/renderer/api/store.ts'
import { CheckProfile } from '../../src/shared/checks/profile.ts'
import type { StoredBody } from '../../src/shared/document/document.ts'
import { emptyImageUse } from '../../src/shared/document/image-use.ts'
import { emptyFields, type StoryFields } from '../../src/shared/story/fields.ts'
import { instantAt } from '../../src/shared/story/instant.ts'
import { ManualClock } from './manual-clock.ts'

const id = 'a'.repeat(64)
const profile = CheckProfile.parse({ version: 1, name: 'Test' })

function desk(fields: Partial<StoryFields> = {}, width?: number) {
  let body: StoredBody = { version: 1, blocks: [] }
  const edits = createStore(0)
  const now = instantAt(Date.UTC(2026, 2, 14), 'UTC', 'clock')
  const story: CheckedStory = {
    edits,
    fields: createStore({ ...emptyFields(now), ...fields } as StoryFields),
    body: () => body
  }
  const clock = new ManualClock()
  const checks = new StoryChecks(story, () => Promise.resolve(width), clock)
  return {
    clock,
    checks,
    write(text: string): void {
      body = { version: 1, blocks: [{ id: 'a', type: 'paragraph', runs: [{ text }] }] }
      edits.set(edits.get() + 1)
    }
  }
}

it('looks again once the writing pauses, and says until then that it has not', async () => {
  const { clock, checks, write } = desk()
  checks.use(profile)
  checks.start()
  await clock.advance(0)
  expect(checks.view.get()).toEqual({ findings: [], isCurrent: true })
  write('It cost TK')
  expect(checks.view.get()).toEqual({ findings: [], isCurrent: false })
  await clock.advance(300)
  write('It cost TK pounds.')
  await clock.advance(300)
  expect(checks.view.get().isCurrent).toBe(false)
  await clock.advance(200)
  expect(checks.view.get()).toMatchObject({ findings: [{ rule: 'leftovers' }], isCurrent: true })
})

it('gives the same list while it says the same, so that nothing is drawn anew at a pause', async () => {
  const { clock, checks, write } = desk()
  checks.use(profile)
  checks.start()
  write('It cost TK, he said.')
  await clock.advance(500)
  const { findings } = checks.view.get()
  expect(findings).toHaveLength(1)
  write('It cost TK, he said again.')
  await clock.advance(500)
  expect(checks.view.get()).toEqual({ findings, isCurrent: true })
  expect(checks.view.get().findings).toBe(findings)
  write('So it cost TK, he said again.')
  await clock.advance(500)
  expect(checks.view.get().findings).toMatchObject([{ place: { start: 11 } }])
})

it('does not look while nothing shows it', async () => {
  const { clock, checks, write } = desk()
  checks.use(profile)
  checks.start()
  checks.start()
  await clock.advance(0)
  checks.stop()
  write('TK')
  await clock.advance(1000)
  expect(checks.view.get().findings).toHaveLength(1)
  checks.stop()
  write('Nothing of note.')
  await clock.advance(1000)
  expect(checks.view.get().findings).toHaveLength(1)
})

it('learns how wide a picture is', async () => {
  const leadImage = { ...emptyImageUse(id), alt: 'A', caption: 'B', credit: 'C' }
  const { clock, checks } = desk({ leadImage }, 300)
  checks.use(profile)
  checks.start()
  await clock.advance(0)
  await clock.advance(1)
  expect(checks.view.get().findings).toMatchObject([{ rule: 'pictureSize' }])
})
