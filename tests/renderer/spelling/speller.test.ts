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

describe('a story of any length', () => {
  const paragraphs = (count: number, length: number): Block[] =>
    Array.from({ length: count }, (_, at) => ({
      id: `p${at}`,
      type: 'paragraph',
      runs: [{ text: `Absatz ${at} `.padEnd(length, 'x') }]
    }))

  /** A story that is edited, and an engine that takes `pace` ms for each character. */
  function slowStory(blocks: Block[], pace: number, isNear: (at: number) => boolean) {
    const clock = new ManualClock()
    const created = { at: '2026-05-01T08:00:00.000Z', zone: 'UTC', source: 'hand' }
    const fields = createStore({
      ...emptyFields(created as unknown as StoryFields['times']['created']),
      language: 'de',
      headline: 'Überschrift'
    })
    const edits = createStore(0)
    const story = { fields, edits, body: () => ({ version: 1, blocks: [...blocks] }) }
    const portions: { readonly at: number; readonly texts: readonly string[] }[] = []
    const count = { known: 0 }
    const started = clock.now()
    const session = new SpellingSession({
      story: story as unknown as ConstructorParameters<typeof SpellingSession>[0]['story'],
      speller: {
        known: (_language, { text }) => {
          count.known += 1
          return portions.some(({ texts: asked }) => asked.includes(text)) ? [] : undefined
        },
        isOut: () => false,
        check: (_language, asked) => {
          portions.push({ at: clock.now() - started, texts: asked.map(({ text }) => text) })
          const characters = asked.reduce((sum, { text }) => sum + text.length, 0)
          return new Promise((resolve) => clock.after(characters * pace, () => resolve(asked.map(() => []))))
        }
      },
      isNear: () => (place) => place.in === 'field' || isNear(Number(place.id.slice(1))),
      clock
    })
    const edit = (): void => edits.set(edits.get() + 1)
    return { clock, session, portions, count, fields, edit }
  }
  const nobody = (): boolean => false

  test('is not gone through again for a paragraph that changed, however much of it is still to be looked at', async () => {
    const blocks = paragraphs(2000, 100)
    const { clock, portions, count, edit } = slowStory(blocks, 1, (at) => at < 2)
    await clock.advance(1000)
    count.known = 0
    const asked = portions.length
    blocks[1] = { id: 'p1', type: 'paragraph', runs: [{ text: 'Neu.' }] }
    edit()
    await clock.advance(500)
    expect(portions.slice(asked).map((portion) => portion.texts)).toEqual([['Neu.']])
    expect(count.known).toBeLessThan(20)
  })

  test('draws nothing anew while what changed is still to be looked at, and once where nothing is', async () => {
    const blocks = paragraphs(5, 100)
    const { clock, session, fields, edit } = slowStory(blocks, 10, () => true)
    await clock.advance(20_000)
    const before = session.view.get().inSight
    blocks[1] = { id: 'p1', type: 'paragraph', runs: [{ text: 'Neu.' }] }
    edit()
    await clock.advance(360)
    expect(session.view.get().inSight).toBe(before)
    await clock.advance(5000)
    expect(session.view.get().inSight).toBe(before + 1)
    // A byline is no copy, and its names are right in all of the story.
    fields.set({ ...fields.get(), byline: 'Von Absatz' })
    edit()
    await clock.advance(5000)
    expect(session.view.get().inSight).toBe(before + 2)
  })

  test('is drawn anew when somebody has scrolled to what was being looked at', async () => {
    let first = 1000
    const { clock, session } = slowStory(paragraphs(30, 100), 1, (at) => at >= first)
    // The headline is in sight; after it the engine has far paragraphs for as long as it takes.
    await clock.advance(700)
    const before = session.view.get()
    expect(before.state).toBe('working')
    first = 0
    session.moved()
    // As it replies, and before any other text that is in sight now.
    while (session.view.get().round === before.round) await clock.advance(1)
    expect(session.view.get().inSight).toBe(before.inSight + 1)
  })

  test('says what is found in its first lines before it looks at the next', async () => {
    const { portions, session, clock } = slowStory(paragraphs(10, 100), 1, () => true)
    expect(portions[0]?.texts).toHaveLength(2)
    expect(session.view.get().inSight).toBe(0)
    await clock.advance(120)
    expect(session.view.get().inSight).toBe(1)
  })

  test('far away is looked at in portions that are over soon, with as long a rest after each', async () => {
    const { portions, clock, session } = slowStory(paragraphs(30, 100), 0.1, nobody)
    await clock.advance(20_000)
    const far = portions.slice(1)
    expect(Math.max(...far.map(({ texts: asked }) => asked.length))).toBeLessThanOrEqual(3)
    const gaps = far.slice(1).map(({ at }, n) => at - (far[n]?.at ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(20)
    expect(session.view.get().state).toBe('done')
  })

  test('has no rests for somebody who waits for all of it', async () => {
    const { portions, clock, session } = slowStory(paragraphs(30, 100), 0.1, nobody)
    session.readNow()
    await clock.advance(330)
    expect(session.view.get().state).toBe('done')
    expect(portions.flatMap(({ texts: asked }) => asked)).toHaveLength(31)
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
