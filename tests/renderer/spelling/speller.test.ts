import { describe, expect, test } from 'vitest'
import type { SpellingQuestion, SpellingReply } from '../../../src/renderer/spelling/engine.ts'
import { MOST_KEPT } from '../../../src/renderer/spelling/known-texts.ts'
import { IDLE_MS, SILENT_MS, Speller, type SpellingWorker } from '../../../src/renderer/spelling/speller.ts'
import { SpellingSession } from '../../../src/renderer/features/story/spelling/spelling-session.ts'
import { createStore } from '../../../src/renderer/api/store.ts'
import type { Block } from '../../../src/shared/document/document.ts'
import { emptyFields, type StoryFields } from '../../../src/shared/story/fields.ts'
import { ManualClock } from '../manual-clock.ts'

type Behaviour = (question: SpellingQuestion) => SpellingReply | 'breaks' | 'says nothing'

/** Workers that do as they are told, and how many were started and ended. */
function workers(behave: Behaviour) {
  const count = { started: 0, ended: 0 }
  const start = (): SpellingWorker => {
    count.started += 1
    const worker: SpellingWorker = {
      onmessage: null,
      onerror: null,
      postMessage(question) {
        const reply = behave(question)
        if (reply === 'says nothing') return
        queueMicrotask(() => {
          if (reply === 'breaks') worker.onerror?.({} as ErrorEvent)
          else worker.onmessage?.({ data: reply } as MessageEvent<SpellingReply>)
        })
      },
      terminate() {
        count.ended += 1
      }
    }
    return worker
  }
  return { start, count }
}

const right: Behaviour = (question) => ({
  id: question.id,
  checked: question.ask === 'check' ? question.texts.map(() => []) : []
})
const texts = [{ text: 'one', isProse: true }]

/** A session of a German story of these paragraphs. */
function openStory(
  speller: Speller,
  clock: ManualClock,
  words: readonly string[],
  options: Partial<Pick<ConstructorParameters<typeof SpellingSession>[0], 'isNear'>> = {}
) {
  const created = { at: '2026-05-01T08:00:00.000Z', zone: 'UTC', source: 'hand' }
  const fields = { ...emptyFields(created as unknown as StoryFields['times']['created']), language: 'de' }
  const blocks = words.map((text, at): Block => ({ id: `p${at}`, type: 'paragraph', runs: [{ text }] }))
  const session = new SpellingSession({
    story: {
      fields: createStore(fields),
      body: () => ({ version: 1, blocks }),
      edits: createStore(0)
    } as unknown as ConstructorParameters<typeof SpellingSession>[0]['story'],
    speller,
    isNear: () => () => true,
    clock,
    ...options
  })
  return { session }
}

describe('an engine in its worker', () => {
  test('is ended when nobody has asked it for long, and started again by the next question', async () => {
    const clock = new ManualClock()
    const { start, count } = workers(right)
    const speller = new Speller(start, clock)
    const first = speller.check('de', texts)
    // Started, and not yet heard of.
    expect(speller.isUp('de')).toBe(false)
    expect(await first).toEqual([[]])
    expect(speller.isUp('de')).toBe(true)
    expect(speller.isUp('en-GB')).toBe(false)
    await clock.advance(IDLE_MS)
    expect(count).toEqual({ started: 1, ended: 1 })
    expect(speller.isUp('de')).toBe(false)
    expect(await speller.check('de', texts)).toEqual([[]])
    expect(count.started).toBe(2)
  })

  test('that is stuck over a text is ended, and what was asked fails', async () => {
    const clock = new ManualClock()
    const { start, count } = workers(() => 'says nothing')
    const speller = new Speller(start, clock)
    const asked = Promise.all([speller.check('de', texts), speller.suggest('de', 'x')])
    await clock.advance(SILENT_MS)
    expect(await asked).toEqual(['failed', []])
    expect(count.ended).toBe(1)
  })

  test('that breaks again and again is left alone, until spelling is turned off and on', async () => {
    const { start, count } = workers(() => 'breaks')
    const speller = new Speller(start, new ManualClock())
    for (let turn = 0; turn < 6; turn += 1) expect(await speller.check('de', texts)).toBe('failed')
    expect(count.started).toBe(3)
    expect(speller.isOut('de')).toBe(true)
    expect(speller.isOut('en-GB')).toBe(false)
    speller.stop()
    expect(speller.isOut('de')).toBe(false)
  })

  test('that cannot be started at all fails, and does no more', async () => {
    const speller = new Speller(() => {
      throw new Error('no workers here')
    }, new ManualClock())
    expect(await speller.check('de', texts)).toBe('failed')
  })
})

describe('what was found before', () => {
  const counting = () => {
    const asked: string[] = []
    const { start, count } = workers((question) => {
      if (question.ask === 'check') asked.push(...question.texts.map(({ text }) => text))
      return right(question)
    })
    return { asked, count, start }
  }

  test('is known of the same text in any story, in its language and kind alone', async () => {
    const { start } = counting()
    const speller = new Speller(start, new ManualClock())
    expect(speller.known('de', { text: 'one', isProse: true })).toBeUndefined()
    await speller.check('de', texts)
    expect(speller.known('de', { text: 'one', isProse: true })).toEqual([])
    expect(speller.known('de', { text: 'one', isProse: false })).toBeUndefined()
    expect(speller.known('fr', { text: 'one', isProse: true })).toBeUndefined()
  })

  test('is forgotten with an engine that may read another dictionary next time, and kept of one that cannot', async () => {
    const speller = new Speller(counting().start, new ManualClock())
    await speller.check('de', texts)
    await speller.check('en-GB', texts)
    speller.stop()
    expect(speller.known('de', { text: 'one', isProse: true })).toBeUndefined()
    expect(speller.known('en-GB', { text: 'one', isProse: true })).toEqual([])
  })

  test('takes no more room than it may, and what is asked for again stays', async () => {
    const speller = new Speller(counting().start, new ManualClock())
    const size = MOST_KEPT / 20
    const long = (at: number) => ({ text: `${at} `.padEnd(size, 'x'), isProse: true })
    for (let at = 0; at < 60; at += 1) {
      await speller.check('de', [long(at)])
      expect(speller.known('de', long(0)), `after ${at}`).toEqual([])
    }
    const kept = Array.from({ length: 60 }, (_, at) => long(at)).filter((text) => speller.known('de', text))
    expect(kept.length).toBeLessThanOrEqual(20)
    expect(speller.known('de', long(59))).toEqual([])
  })

  test('marks a story that is opened again without asking for it', async () => {
    const { start, asked } = counting()
    const clock = new ManualClock()
    const speller = new Speller(start, clock)
    const open = () => openStory(speller, clock, ['eins', 'zwei'])
    const first = open()
    await clock.advance(1000)
    first.session.stop()
    expect(asked).toEqual(['eins', 'zwei'])
    const again = open()
    expect(again.session.texts.map((text) => again.session.findingsIn(text))).toEqual([[], []])
    await clock.advance(1000)
    expect(asked).toEqual(['eins', 'zwei'])
    expect(again.session.view.get().state).toBe('done')
  })
})

describe('what is in sight', () => {
  test('is drawn anew for what is found there alone', async () => {
    const clock = new ManualClock()
    const words = Array.from({ length: 60 }, (_, at) => `Absatz ${at} `.padEnd(400, 'x'))
    const { session } = openStory(new Speller(workers(right).start, clock), clock, words, {
      isNear: () => (place) => place.in === 'block' && Number(place.id.slice(1)) < 3
    })
    for (let turn = 0; turn < 60; turn += 1) await clock.advance(10)
    const { round, inSight, state } = session.view.get()
    expect(state).toBe('done')
    expect(inSight).toBeLessThanOrEqual(3)
    expect(round).toBeGreaterThan(15)
  })

  test('is the beginning of a story that is not on the screen yet, and the rest comes afterwards', async () => {
    const clock = new ManualClock()
    const asked: string[] = []
    const { start } = workers((question) => {
      if (question.ask === 'check') asked.push(...question.texts.map(({ text }) => text))
      return right(question)
    })
    const words = Array.from({ length: 40 }, (_, at) => `Absatz ${at}`)
    const speller = new Speller(start, clock)
    await speller.check('de', texts)
    asked.length = 0
    const { session } = openStory(speller, clock, words, { isNear: null })
    await clock.advance(2000)
    expect(asked).toEqual(words.slice(0, 12))
    session.shown(() => () => true)
    await clock.advance(2000)
    expect(asked).toEqual(words)
  })
})

describe('a story with one text that is too much for the engine', () => {
  const sessionOf = async (behave: Behaviour, words: readonly string[]) => {
    const clock = new ManualClock()
    const { session } = openStory(new Speller(workers(behave).start, clock), clock, words)
    await clock.advance(1000)
    return session
  }
  const breaksOver =
    (poison: string): Behaviour =>
    (question) => {
      if (question.ask !== 'check') return right(question)
      if (question.texts.some(({ text }) => text === poison)) return 'breaks'
      return {
        id: question.id,
        checked: question.texts.map(({ text }) =>
          text === 'falsch' ? [{ start: 0, end: 6, kind: 'spelling', rule: 'x', suggestions: null, message: '' }] : []
        )
      }
    }

  test.each([
    ['first', ['gift', 'falsch', 'richtig']],
    ['in the middle', ['falsch', 'gift', 'falsch']],
    ['last', ['richtig', 'falsch', 'gift']]
  ])('marks the others when it is %s', async (_where, words) => {
    const session = await sessionOf(breaksOver('gift'), words)
    expect(session.view.get()).toMatchObject({ state: 'done', troubles: {} })
    expect(session.texts.map((text) => session.findingsIn(text)?.length)).toEqual(
      words.map((word) => (word === 'falsch' ? 1 : 0))
    )
  })

  test('says so of the language when every text is', async () => {
    const session = await sessionOf(
      ({ id }) => ({ id, trouble: 'failed', why: 'the dictionary could not be read' }),
      ['eins', 'zwei', 'drei', 'vier']
    )
    expect(session.view.get()).toMatchObject({ state: 'done', troubles: { de: 'failed' } })
  })
})
