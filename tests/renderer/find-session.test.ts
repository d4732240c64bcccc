import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { BodyEditor } from '../../src/renderer/editor/body-editor.ts'
import { createBodyEditor } from '../../src/renderer/editor/create-body-editor.ts'
import { FindSession, type Anchor } from '../../src/renderer/features/story/find/find-session.ts'
import {
  LIMIT_MS,
  RegExpSearch,
  type RegExpQuestion,
  type RegExpReply,
  type SearchWorker
} from '../../src/renderer/features/story/find/regexp-search.ts'
import { StorySession } from '../../src/renderer/features/story/story-session.ts'
import { canonicalBlock } from '../../src/shared/document/diff/canonical-block.ts'
import { emptyBody, type StoredBody } from '../../src/shared/document/document.ts'
import { findByRegExp, regExpOf } from '../../src/shared/find/find.ts'
import type { FieldsPatch } from '../../src/shared/story/fields.ts'
import { storedBody } from '../editor/support/bodies.ts'
import { FakeCore } from './fake-core.ts'
import { ManualClock } from './manual-clock.ts'

const id = '01a20b6f-310d-729b-90b2-027cdec5a17b'
const paragraph = (name: string, text: string) => ({ id: name, type: 'paragraph' as const, runs: [{ text }] })
const query = { text: '', matchCase: false, matchAccents: false, wholeWord: false, isRegExp: false }

/** As the worker's, but held until it is let go on. */
class HeldWorker implements SearchWorker {
  onmessage: SearchWorker['onmessage'] = null
  asked: RegExpQuestion | null = null
  ended = false

  postMessage(question: RegExpQuestion): void {
    this.asked = question
    this.#say({ id: question.id, found: null })
  }

  terminate(): void {
    this.ended = true
  }

  finish(): void {
    if (!this.asked) throw new Error('nothing was asked')
    const { id: of, texts, query: by, replacement } = this.asked
    const expression = regExpOf(by)
    if (expression)
      this.#say({ id: of, found: texts.map((text) => findByRegExp(text, expression, { ...by, replacement })) })
  }

  #say(data: RegExpReply): void {
    this.onmessage?.({ data } as MessageEvent<RegExpReply>)
  }
}

let open: { stop(): void }[] = []
afterEach(() => {
  for (const one of open) one.stop()
  open = []
})

function desk(body: StoredBody, fields: FieldsPatch = {}, text = '', from: Anchor | null = null) {
  const core = new FakeCore()
  const clock = new ManualClock()
  const story = new StorySession(core.api(), core.put(id, fields, body), clock)
  const editor: BodyEditor = createBodyEditor({
    body,
    chunkSize: 3,
    onPatch: (patch, step) => story.patchBody(patch, step)
  })
  story.editor = editor
  const workers: HeldWorker[] = []
  const startWorker = () => {
    const worker = new HeldWorker()
    workers.push(worker)
    return worker
  }
  const find = new FindSession({ story, editor: () => editor, startWorker, clock, query: { ...query, text }, from })
  open.push(find, story, { stop: () => editor.dispose() })
  const seen = () => {
    const { at, hits, state } = find.view.get()
    return { at, of: hits.length, state }
  }
  return { core, clock, story, editor, find, seen, workers }
}

/** The blocks, each in the form the editor writes it in. */
const canonical = (of: StoredBody) => of.blocks.map(canonicalBlock)

const body: StoredBody = {
  version: 1,
  blocks: [paragraph('a', 'Hadad said.'), paragraph('b', 'Then Hadad and Hadad left.')]
}

describe('looking for something in a story', () => {
  test('begins at the caret, goes round, and stays at its place while the story is written on', async () => {
    const { find, seen, story, clock } = desk(body, { headline: 'Hadad' }, 'hadad', {
      place: { in: 'block', id: 'b', part: '' },
      offset: 0
    })
    expect(seen()).toEqual({ at: 2, of: 4, state: 'done' })
    find.go(1)
    find.go(1)
    expect(seen().at).toBe(0)
    find.go(-1)
    expect(seen().at).toBe(3)
    story.patchBody([{ op: 'replace', block: paragraph('a', 'Hadad said: Hadad.') }])
    await clock.advance(150)
    expect(seen()).toEqual({ at: 4, of: 5, state: 'done' })
    expect(find.view.get().hits[4]?.place).toEqual({ in: 'block', id: 'b', part: '' })
  })

  test('shows the present hit to somebody who looks for it, and not to one who writes on', async () => {
    const { find, story, clock } = desk(body, {}, 'hadad')
    const { reveal, hits } = find.view.get()
    expect(reveal).toBe(1)
    story.patchBody([{ op: 'replace', block: paragraph('b', 'Then Hadad left, and Hadad.') }])
    await clock.advance(150)
    expect(find.view.get()).toMatchObject({ at: 0, reveal: 1 })
    // What nobody changed is as it was found before.
    expect(find.view.get().hits[0]).toBe(hits[0])
    expect(find.view.get().hits.map(({ start }) => start)).toEqual([0, 5, 21])
    find.go(1)
    expect(find.view.get().reveal).toBe(2)
    await find.setQuery({ text: 'left' })
    expect(find.view.get()).toMatchObject({ at: 0, reveal: 3 })
  })

  test('replaces one after the other', async () => {
    const { find, seen, editor, story } = desk(body, {}, 'hadad')
    find.setReplacement('Hadad Haddad')
    await find.replaceOne()
    expect(editor.toBody().blocks[0]).toMatchObject({ runs: [{ text: 'Hadad Haddad said.' }] })
    // What was put in is not found again.
    expect(seen()).toEqual({ at: 1, of: 3, state: 'done' })
    await find.replaceOne()
    await find.replaceOne()
    expect(story.body().blocks).toMatchObject([
      { runs: [{ text: 'Hadad Haddad said.' }] },
      { runs: [{ text: 'Then Hadad Haddad and Hadad Haddad left.' }] }
    ])
    for (let n = 0; n < 3; n++) story.undo()
    expect(editor.toBody()).toEqual(body)
  })

  test('replaces in fields and body as one step, in line with what was written since', async () => {
    const fields = { headline: 'Hadad speaks', standfirst: 'Of Hadad', keywords: ['Hadad'] }
    const { find, editor, story } = desk(body, fields, 'hadad')
    find.setReplacement('Haddad')
    await find.replaceAll()
    expect(find.view.get().replaced).toBe(6)
    expect(story.fields.get()).toMatchObject({
      headline: 'Haddad speaks',
      standfirst: 'Of Haddad',
      keywords: ['Haddad']
    })
    story.setFields({ standfirst: 'Of Haddad and others' })
    story.undo()
    expect(story.fields.get()).toMatchObject({ headline: 'Haddad speaks', standfirst: 'Of Haddad' })
    story.undo()
    expect(story.undoState.get().canUndo).toBe(false)
    expect(editor.toBody()).toEqual(body)
    expect(story.fields.get()).toMatchObject(fields)
    story.redo()
    story.redo()
    expect(story.fields.get()).toMatchObject({ headline: 'Haddad speaks', standfirst: 'Of Haddad and others' })
    expect(story.body()).toEqual(editor.toBody())
  })

  test('in fields alone is a step of undo too', async () => {
    const { find, editor, story } = desk(body, { headline: 'The bridge' }, 'bridge')
    find.setReplacement('ferry')
    await find.replaceAll()
    expect(story.fields.get().headline).toBe('The ferry')
    story.undo()
    expect(story.fields.get().headline).toBe('The bridge')
    story.redo()
    expect(story.fields.get().headline).toBe('The ferry')
    expect(editor.toBody()).toEqual(body)
  })

  test('whatever the story is, all replaced and undone is the story as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        storedBody,
        fc.constantFrom('a', 'e', 'the', ' ', 'ن'),
        fc.string({ maxLength: 3 }),
        async (start, text, instead) => {
          const { find, editor, story, core, clock } = desk(start, { headline: 'a sea' }, text)
          const before = editor.toBody()
          find.setReplacement(instead)
          const { length } = find.view.get().hits
          await find.replaceAll()
          expect(canonical(story.body())).toEqual(canonical(editor.toBody()))
          if (length > 0) story.undo()
          expect(canonical(editor.toBody())).toEqual(canonical(before))
          expect(canonical(story.body())).toEqual(canonical(before))
          expect(story.fields.get().headline).toBe('a sea')
          await clock.advance(2000)
          expect(canonical(core.stories.get(id)?.body ?? emptyBody())).toEqual(canonical(before))
          for (const one of open) one.stop()
          open = []
        }
      ),
      { numRuns: 60 }
    )
  })
})

describe('a regular expression', () => {
  test('puts in what it says, with what it found', async () => {
    const { find, editor, seen, workers } = desk(body)
    void find.setQuery({ text: '(Hadad) and', isRegExp: true })
    workers.at(-1)?.finish()
    await expect.poll(seen).toEqual({ at: 0, of: 1, state: 'done' })
    find.setReplacement('$1 &')
    const done = find.replaceAll()
    workers.at(-1)?.finish()
    await Promise.resolve()
    // Looked for once more when it is done.
    await expect.poll(() => workers.at(-1)?.asked?.texts[1]).toBe('Then Hadad & Hadad left.')
    workers.at(-1)?.finish()
    await done
    expect(editor.toBody().blocks[1]).toMatchObject({ runs: [{ text: 'Then Hadad & Hadad left.' }] })
  })

  test('that cannot be read is said to be none, and no worker is asked', () => {
    const { find, seen, workers } = desk(body)
    void find.setQuery({ text: '(', isRegExp: true })
    expect(seen()).toEqual({ at: -1, of: 0, state: 'invalid' })
    expect(workers).toEqual([])
  })

  test('that takes for ever is ended with its worker; the next one starts another', async () => {
    const { find, seen, workers, clock } = desk(body)
    void find.setQuery({ text: '(a+)+b', isRegExp: true })
    expect(seen().state).toBe('searching')
    await clock.advance(LIMIT_MS - 1)
    expect(workers[0]?.ended).toBe(false)
    await clock.advance(1)
    expect(workers[0]?.ended).toBe(true)
    expect(seen()).toEqual({ at: -1, of: 0, state: 'ended' })
    await find.replaceAll()
    void find.setQuery({ text: 'Hadad' })
    expect(workers).toHaveLength(2)
    workers[1]?.finish()
    await expect.poll(seen).toEqual({ at: 0, of: 3, state: 'done' })
  })

  test('that is overtaken is ended at once, and what it would have found is not shown', async () => {
    const workers: HeldWorker[] = []
    const search = new RegExpSearch(() => {
      const worker = new HeldWorker()
      workers.push(worker)
      return worker
    }, new ManualClock())
    const ask = (text: string) =>
      search.search({ texts: ['ab'], query: { ...query, text, isRegExp: true }, replacement: '' })
    const first = ask('a')
    const second = ask('b')
    expect(workers.map(({ ended }) => ended)).toEqual([true, false])
    workers[0]?.finish()
    workers[1]?.finish()
    expect(await first).toBe('overtaken')
    expect(await second).toEqual([[{ start: 1, end: 2, instead: '' }]])
    search.stop()
    expect(workers[1]?.ended).toBe(true)
  })
})
