import { describe, expect, it } from 'vitest'
import { blocks } from '../../../src/shared/document/blocks/blocks.ts'
import { DOCUMENT_VERSION } from '../../../src/shared/document/document.ts'
import { bodyUpgradedBy, upgradeBody, type BodyUpgrades } from '../../../src/shared/document/upgrade.ts'

/** Two versions further than today: a note's words move into runs, then its sign becomes a tone. */
const upgrades: BodyUpgrades = {
  version: 3,
  steps: {
    1: (body) => ({ ...body, version: 2 }),
    2: (body) => ({ ...body, version: 3, language: 'en' })
  },
  blockStep: (type, from) => {
    if (type !== 'note') return undefined
    if (from === 1) return ({ text, ...block }) => ({ ...block, runs: [{ text }] })
    return ({ sign, ...block }) => ({ ...block, tone: sign === '!' ? 'warning' : 'plain' })
  }
}
const stored = (version: number, ...list: unknown[]): unknown => Object.freeze({ version, blocks: Object.freeze(list) })

describe('a body of an older version', () => {
  it('climbs step by step, and each block by the steps of its own type', () => {
    const other = Object.freeze({ id: 'p', type: 'paragraph', runs: [], ours: 'kept' })
    const foreign = Object.freeze({ id: 'x', type: 'from-elsewhere', sign: '!' })
    const note = Object.freeze({ id: 'n', type: 'note', text: 'Ask the mayor', sign: '!', more: 1 })
    expect(bodyUpgradedBy(upgrades, stored(1, note, other, foreign))).toEqual({
      version: 3,
      language: 'en',
      blocks: [{ id: 'n', type: 'note', runs: [{ text: 'Ask the mayor' }], tone: 'warning', more: 1 }, other, foreign]
    })
  })

  it('begins with the step of its own version', () => {
    const note = { id: 'n', type: 'note', runs: [{ text: 'As it is' }], sign: '?' }
    expect(bodyUpgradedBy(upgrades, stored(2, note))).toMatchObject({
      blocks: [{ runs: [{ text: 'As it is' }], tone: 'plain' }]
    })
    expect(bodyUpgradedBy(upgrades, stored(3, note))).toEqual({ version: 3, blocks: [note] })
  })

  it('what is no block is left for the format to refuse', () => {
    expect(bodyUpgradedBy(upgrades, stored(1, null, 'words', { type: 7 }))).toMatchObject({
      blocks: [null, 'words', { type: 7 }]
    })
    expect(bodyUpgradedBy(upgrades, Object.freeze({ version: 1, blocks: 'none' }))).toMatchObject({ blocks: 'none' })
  })

  it('without a way up is damaged, and one from the future is not supported', () => {
    expect(() =>
      bodyUpgradedBy({ ...upgrades, steps: { 1: upgrades.steps[1] ?? ((body) => body) } }, stored(1))
    ).toThrow(expect.objectContaining({ code: 'damaged' }))
    expect(() => bodyUpgradedBy(upgrades, stored(4))).toThrow(expect.objectContaining({ code: 'unsupported' }))
    for (const none of [null, [], 'text', {}, { version: '1' }])
      expect(() => bodyUpgradedBy(upgrades, none)).toThrow(expect.objectContaining({ code: 'damaged' }))
  })
})

it('no block names a step from a version that is still the newest', () => {
  for (const { upgrade } of blocks)
    for (const from of Object.keys(upgrade)) expect(Number(from)).toBeLessThan(DOCUMENT_VERSION)
  expect(upgradeBody({ version: DOCUMENT_VERSION, blocks: [] })).toEqual({ version: DOCUMENT_VERSION, blocks: [] })
})
