import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { CheckingService } from '../../src/main/core/checking/checking.ts'
import { emptyFields } from '../../src/shared/story/fields.ts'
import { instantAt } from '../../src/shared/story/instant.ts'
import type { Story } from '../../src/shared/story/story.ts'

const at = instantAt(Date.UTC(2026, 2, 14, 12), 'UTC', 'clock')
const story: Story = {
  id: '01930000-0000-7000-8000-000000000001',
  revision: 1,
  status: 'draft',
  fields: { ...emptyFields(at), headline: 'Bridge closes' },
  body: { version: 1, blocks: [] },
  changedAt: at.utc
}
const service = (own: unknown): CheckingService =>
  new CheckingService({ resources: resolve('resources'), own: () => own, findMedia: () => undefined })

it('a desk without a profile of its own has Galley’s', () => {
  expect(service(null).profile()).toMatchObject({ isOwn: false, problem: null, profile: { name: 'Galley' } })
  expect(() => service(null).require(story)).not.toThrow()
})

it('a desk’s own profile holds, and what it requires is refused', () => {
  const own = service({ version: 1, name: 'City desk', fields: { byline: { needed: 'required' } } })
  expect(own.profile()).toMatchObject({ isOwn: true, problem: null, profile: { name: 'City desk' } })
  expect(() => own.require(story)).toThrow('Byline: not there yet')
})

it('with a broken one Galley’s is used, and why is said', () => {
  const broken = service({ version: 1, name: 'City desk', fields: { byline: { needed: 'yes' } } })
  expect(broken.profile()).toMatchObject({
    isOwn: false,
    problem: { key: 'checks.brokenProfile', params: { where: 'fields.byline.needed' } },
    profile: { name: 'Galley' }
  })
  expect(() => broken.require(story)).not.toThrow()
})
