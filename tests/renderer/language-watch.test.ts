import { expect, it } from 'vitest'
import { createStore } from '../../src/renderer/api/store.ts'
import { LanguageWatch } from '../../src/renderer/features/story/language-watch.ts'
import type { Block } from '../../src/shared/document/document.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { emptyFields, type StoryFields } from '../../src/shared/story/fields.ts'
import { instantAt } from '../../src/shared/story/instant.ts'
import { ManualClock } from './manual-clock.ts'

const ARABIC = 'قالت البلدية إن العبارة تتسع لأربعين راكبا آخرين اعتبارا من السبت.'
const ENGLISH = 'The board said that the early boat has room for forty more from Saturday on.'

function desk(texts: readonly string[], language = 'en-GB') {
  const edits = createStore(0)
  const now = instantAt(Date.UTC(2026, 2, 14), 'UTC', 'clock')
  let blocks: Block[] = texts.map((text, at) => ({ id: `old${at}`, type: 'paragraph', runs: [{ text }] }))
  const fields = createStore({ ...emptyFields(now), language } as StoryFields)
  const story = { id: newId(), edits, fields, body: () => ({ version: 1 as const, blocks }) }
  const clock = new ManualClock()
  const watch = new LanguageWatch(story, clock)
  watch.start()
  const changed = (): Promise<void> => {
    edits.set(edits.get() + 1)
    return clock.advance(1000)
  }
  return {
    watch,
    again: () => new LanguageWatch(story, clock),
    write: (id: string, text: string, lang?: string): Promise<void> => {
      blocks = [
        ...blocks.filter((block) => block.id !== id),
        { id, type: 'paragraph', runs: [{ text }], lang }
      ] as Block[]
      return changed()
    },
    set: (more: Partial<StoryFields>): Promise<void> => {
      fields.set({ ...fields.get(), ...more } as StoryFields)
      return changed()
    }
  }
}

it('asks for the story where most of it is in another language, and once', async () => {
  const { watch, write } = desk([])
  await write('a', ARABIC)
  expect(watch.view.get()).toEqual({ language: 'ar', isStory: true, blocks: ['a'] })
  watch.answered()
  expect(watch.view.get()).toBeNull()
  await write('b', `${ARABIC} ${ARABIC}`)
  expect(watch.view.get()).toBeNull()
})

it('asks for the paragraphs where most of the story is in its own language', async () => {
  const { watch, write } = desk([ENGLISH, ENGLISH, ENGLISH])
  await write('a', ARABIC)
  await write('b', ARABIC)
  expect(watch.view.get()).toEqual({ language: 'ar', isStory: false, blocks: ['a', 'b'] })
  await write('a', ARABIC, 'ar')
  expect(watch.view.get()?.blocks).toEqual(['b'])
  await write('b', ENGLISH)
  expect(watch.view.get()).toBeNull()
})

it('leaves alone what was there before, and the language somebody has chosen', async () => {
  const { watch, write, set } = desk([ARABIC, ARABIC])
  await write('a', ENGLISH)
  expect(watch.view.get()).toBeNull()
  await write('a', ARABIC)
  expect(watch.view.get()).toMatchObject({ language: 'ar', isStory: false, blocks: ['a'] })
  await set({ language: 'el' })
  expect(watch.view.get()).toBeNull()
  await write('c', ENGLISH.repeat(3))
  expect(watch.view.get()).toMatchObject({ language: 'en' })
})

it('a headline alone has nothing to be marked, and with the body it makes the story', async () => {
  const { watch, set, write } = desk([ENGLISH, ENGLISH, ENGLISH])
  await set({ headline: ARABIC })
  expect(watch.view.get()).toBeNull()
  await write('a', ARABIC.repeat(12))
  expect(watch.view.get()).toMatchObject({ language: 'ar', isStory: true })
})
