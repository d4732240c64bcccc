import fc from 'fast-check'
import {
  $createParagraphNode,
  $createTextNode,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $isTextNode
} from 'lexical'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Events } from '../../src/main/core/events.ts'
import { sql } from '../../src/main/core/store/sql.ts'
import { Store } from '../../src/main/core/store/store.ts'
import type { Base } from '../../src/main/core/stories/saves.ts'
import { StoriesService } from '../../src/main/core/stories/stories.ts'
import { $blocksOf } from '../../src/renderer/editor/chunks.ts'
import type { BodyEditor } from '../../src/renderer/editor/body-editor.ts'
import { createBodyEditor } from '../../src/renderer/editor/create-body-editor.ts'
import { StorySession } from '../../src/renderer/features/story/story-session.ts'
import { UndoLine, type UndoHands } from '../../src/renderer/features/story/undo/undo-line.ts'
import { canonicalBlock } from '../../src/shared/document/diff/canonical-block.ts'
import type { StoredBody } from '../../src/shared/document/document.ts'
import type { BodyPatch } from '../../src/shared/document/patch.ts'
import type { FieldsPatch } from '../../src/shared/story/fields.ts'
import type { UndoChange } from '../../src/shared/story/undo.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { GalleyError } from '../../src/shared/rpc/errors.ts'
import { say } from '../../src/shared/words/message.ts'
import { storedBody } from '../editor/support/bodies.ts'
import { FakeCore } from './fake-core.ts'
import { ManualClock } from './manual-clock.ts'

const paragraph = (id: string, text: string) => ({ id, type: 'paragraph' as const, runs: text ? [{ text }] : [] })
const two: StoredBody = { version: 1, blocks: [paragraph('a', 'One.'), paragraph('b', 'Two.')] }

let folder: string
let store: Store
let clock: ManualClock
let stories: StoriesService

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'galley-undo-'))
  store = Store.open(folder)
  clock = new ManualClock()
  stories = service()
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

function service(): StoriesService {
  return new StoriesService({
    store,
    clock,
    events: new Events(() => undefined),
    desk: () => ({ zone: 'UTC', language: 'en' })
  })
}

interface Desk {
  readonly session: StorySession
  readonly editor: BodyEditor
  /** The window dies as it is, and the core with it: what is not on disk is gone. */
  kill(): void
}

/** A window on the story, over the real core and its real library. `saves`: how many it lives to see. */
function open(id: string, saves = Infinity): Desk {
  const core = new FakeCore()
  let left = saves
  const save =
    <T>(change: (input: T) => unknown) =>
    (input: never) => {
      if (left-- <= 0) return new Promise(() => undefined)
      return change(input)
    }
  Object.assign(core.handlers, {
    'stories.get': () => stories.get(id),
    'stories.undoSteps': () => stories.undoSteps(id),
    'stories.patchFields': save(({ fields, ...base }: Base & { fields: FieldsPatch }) =>
      stories.patchFields(base, fields)
    ),
    'stories.patchBody': save(({ patch, ...base }: Base & { patch: BodyPatch }) => stories.patchBody(base, patch))
  })
  const story = stories.get(id)
  const session = new StorySession(core.api(), story, clock, stories.undoHeights(id))
  const editor = createBodyEditor({
    body: story.body,
    chunkSize: 3,
    undoKeys: session,
    onError: (error) => {
      throw error
    },
    onPatch: (patch, step) => session.patchBody(patch, step)
  })
  session.editor = editor
  return {
    session,
    editor,
    kill() {
      left = 0
      session.editor = null
      session.stop()
      editor.dispose()
      stories = service()
    }
  }
}

/** What readers would see of it: an empty line that is left where all was taken away does not count. */
const seen = ({ session }: Desk) => ({
  body: session
    .body()
    .blocks.map(canonicalBlock)
    .map(({ id: _id, ...block }) => block)
    .filter((block) => !(block.type === 'paragraph' && block['runs'] instanceof Array && block['runs'].length === 0)),
  fields: { ...session.fields.get(), times: null }
})

async function all(desk: Desk, way: 'undo' | 'redo'): Promise<void> {
  const state = () => desk.session.undoState.get()[way === 'undo' ? 'canUndo' : 'canRedo']
  for (let n = 0; state() && n < 2000; n++) {
    desk.session[way]()
    await clock.advance(0)
  }
}

type Edit =
  | { do: 'write' | 'split' | 'remove' | 'move' | 'swap'; which: number; where: number }
  | { do: 'field'; name: 'headline' | 'kicker' | 'standfirst'; text: string }
  | { do: 'both'; text: string }
  | { do: 'undo' | 'redo' }
  | { do: 'wait'; ms: number }
  | { do: 'restart' }
  | { do: 'kill' }

const at = fc.nat({ max: 12 })
const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('write', 'write', 'split', 'remove', 'move', 'swap'),
      which: at,
      where: at
    })
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('field'),
      name: fc.constantFrom('headline', 'kicker', 'standfirst'),
      text: fc.string({ maxLength: 4 })
    })
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('both'), text: fc.string({ maxLength: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('undo', 'redo') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait'), ms: fc.constantFrom(0, 60, 200, 600) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('restart', 'kill') }) }
) as fc.Arbitrary<Edit>

describe('the way back of a story', () => {
  test('after whatever edits and restarts: all undone is the start, all redone is the end', async () => {
    await fc.assert(
      fc.asyncProperty(storedBody, fc.array(edit, { maxLength: 30 }), async (start, edits) => {
        const { id } = stories.create({ body: start, fields: { headline: 'Start' } })
        let desk = open(id)
        const first = seen(desk)
        for (const one of edits) {
          if (one.do === 'restart') {
            await save(desk)
            desk.kill()
            desk = open(id)
          } else if (one.do === 'kill') {
            // Between the two saves of one moment nothing is promised; before or after them it is.
            await clock.advance(0)
            desk.kill()
            desk = open(id)
          } else await perform(desk, one)
        }
        await save(desk)
        desk.kill()
        desk = open(id)
        const last = seen(desk)
        await all(desk, 'undo')
        expect(seen(desk)).toEqual(first)
        await save(desk)
        desk.kill()
        desk = open(id)
        expect(seen(desk)).toEqual(first)
        await all(desk, 'redo')
        // What had been undone before comes again too: the end is what is there when no more was.
        if (!edits.some((one) => one.do === 'undo')) expect(seen(desk)).toEqual(last)
        await save(desk)
        expect(stories.get(id).body.blocks.map(canonicalBlock)).toEqual(desk.session.body().blocks.map(canonicalBlock))
        desk.kill()
      }),
      { numRuns: 60 }
    )
  }, 120_000)

  test('a kill between any two saves breaks nothing: what comes back is a text that was there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 20 }), fc.nat({ max: 12 }), async (edits, saves) => {
        const { id } = stories.create({ body: two, fields: { headline: 'Start' } })
        const desk = open(id, saves)
        for (const one of edits) if (one.do !== 'restart' && one.do !== 'kill') await perform(desk, one)
        await clock.advance(600)
        desk.kill()
        const again = open(id)
        await all(again, 'undo')
        expect(seen(again).body).toEqual(two.blocks.map(({ id: _id, ...block }) => block))
        await save(again)
        again.kill()
      }),
      { numRuns: 40 }
    )
  }, 120_000)

  test('a step of another window is taken back with the caret in its paragraph, which stays there', async () => {
    const { id } = stories.create({ body: two, fields: { headline: 'Bridge' } })
    let desk = open(id)
    await perform(desk, { do: 'write', which: 0, where: 7 })
    await save(desk)
    desk.kill()
    desk = open(id)
    const { lexical } = desk.editor
    lexical.update(() => $blocksOf($getRoot()).next().value?.selectEnd(), { discrete: true })
    desk.session.undo()
    await clock.advance(0)
    expect(desk.session.body().blocks[0]).toEqual(paragraph('a', 'One.'))
    expect(lexical.getEditorState().read(() => $getSelection()?.getNodes()[0]?.isAttached())).toBe(true)
    desk.session.redo()
    await clock.advance(0)
    expect(desk.session.body().blocks[0]).toEqual(paragraph('a', 'One.7'))
    desk.kill()
  })

  test('goes over fields and body in the order they were changed, also in another window', async () => {
    const { id } = stories.create({ body: two, fields: { headline: 'Bridge' } })
    let desk = open(id)
    desk.session.setFields({ headline: 'Bridge closes' })
    await perform(desk, { do: 'write', which: 0, where: 7 })
    desk.session.setFields({ kicker: 'City' })
    desk.session.setFields({ leadImage: null })
    await save(desk)
    desk.kill()
    desk = open(id)
    expect(desk.session.undoState.get()).toEqual({ canUndo: true, canRedo: false })
    const steps: unknown[] = []
    for (let n = 0; n < 3; n++) {
      desk.session.undo()
      await clock.advance(0)
      const { fields } = desk.session
      steps.push([fields.get().headline, desk.session.body().blocks[0], fields.get().kicker])
    }
    expect(steps).toEqual([
      ['Bridge closes', paragraph('a', 'One.7'), ''],
      ['Bridge closes', paragraph('a', 'One.'), ''],
      ['Bridge', paragraph('a', 'One.'), '']
    ])
    expect(desk.session.undoState.get()).toEqual({ canUndo: false, canRedo: true })
    desk.kill()
  })

  test('never takes back when a story may be published', async () => {
    const { id } = stories.create({ body: two })
    const desk = open(id)
    const { times } = desk.session.fields.get()
    const embargo = { utc: '2026-05-01T10:00:00.000Z', zone: 'UTC', origin: 'typed' as const }
    desk.session.setFields({ headline: 'Bridge' })
    desk.session.setFields({ times: { ...times, embargo } })
    await all(desk, 'undo')
    expect(desk.session.fields.get()).toMatchObject({ headline: '', times: { embargo } })
    desk.kill()
  })

  test('a status and the times go by without ending it; another hand on the copy ends it', async () => {
    const { id } = stories.create({ body: two })
    const desk = open(id)
    desk.session.setFields({ headline: 'Bridge' })
    await save(desk)
    desk.kill()
    const base = (): Base => ({ id, baseRevision: stories.get(id).revision, changeId: newId() })
    stories.setStatus(base(), 'ready')
    stories.patchFields(base(), { times: stories.get(id).fields.times })
    expect(stories.undoHeights(id)).toMatchObject({ past: 1, future: 0 })
    stories.patchFields(base(), { kicker: 'Elsewhere' })
    expect(stories.undoHeights(id)).toMatchObject({ past: 0, future: 0 })
    expect(store.read((db) => db.all(sql`SELECT seq FROM undo_steps`))).toEqual([])
  })

  test('a version that is restored, and newer copy, end it', async () => {
    const { id } = stories.create({ body: two })
    for (const change of [
      () => stories.replace(id, stories.get(id).fields, two, null),
      () => stories.update(id, { headline: 'From the wire' }, two, null)
    ]) {
      const desk = open(id)
      desk.session.setFields({ kicker: `City ${stories.get(id).revision}` })
      await save(desk)
      desk.kill()
      expect(stories.undoHeights(id).past).toBe(1)
      change()
      expect(stories.undoHeights(id).past).toBe(0)
      expect(stories.undoSteps(id).past.steps).toEqual([])
    }
  })

  test('a step that does not fit the text, or is not what was written, ends the past and changes nothing', async () => {
    const { id } = stories.create({ body: two })
    let desk = open(id)
    desk.session.setFields({ headline: 'Bridge' })
    await perform(desk, { do: 'write', which: 0, where: 7 })
    await save(desk)
    desk.kill()
    const { revision } = stories.get(id)
    const wrong: UndoChange = {
      past: { keep: 2, add: [{ body: [{ op: 'remove', id: 'gone' }], place: null }] },
      future: { keep: 0, add: [] }
    }
    stories.patchFields({ id, baseRevision: revision, changeId: newId(), undo: wrong }, { kicker: 'x' })
    desk = open(id)
    const before = seen(desk)
    expect(desk.session.undoState.get().canUndo).toBe(true)
    await all(desk, 'undo')
    expect(seen(desk)).toEqual(before)
    expect(desk.session.undoState.get()).toEqual({ canUndo: false, canRedo: false })
    desk.kill()
    store.write('damage', (db) =>
      db.run(sql`UPDATE undo_steps SET step = replace(step, 'One', 'Won') WHERE height = 2`)
    )
    expect(stories.undoSteps(id).past.steps).toHaveLength(1)
  })

  test('holds two hundred steps and no more than a megabyte, the newest', async () => {
    const { id } = stories.create({ body: two })
    const desk = open(id)
    for (let n = 0; n < 230; n++) {
      desk.session.setFields({ headline: `Headline ${n}` }, true)
      if (n % 20 === 0) await save(desk)
    }
    await save(desk)
    expect(stories.undoHeights(id).past).toBe(230)
    const { past } = stories.undoSteps(id)
    expect(past.steps).toHaveLength(200)
    expect(past.steps.at(-1)?.fields).toEqual({ headline: 'Headline 228' })
    for (let n = 0; n < 5; n++) {
      write(desk.editor, { do: 'long', which: 0, where: n })
      await save(desk)
    }
    const kept = stories.undoSteps(id).past.steps
    expect(kept.length).toBeLessThan(10)
    expect(JSON.stringify(kept).length).toBeLessThan(1_100_000)
    desk.kill()
    const again = open(id)
    await all(again, 'undo')
    expect(JSON.stringify(again.session.body().blocks[0])).toContain('1xxx')
    again.kill()
  })

  test('what came and went within a step is no step: a picture that is refused, a paste that is stopped', async () => {
    const { id } = stories.create({ body: two })
    const desk = open(id)
    await perform(desk, { do: 'write', which: 0, where: 3 })
    desk.editor.insertImage({ mediaId: null, caption: '', credit: '', alt: '', focalPoint: null })
    const slot = desk.editor.toBody().blocks.find(({ type }) => type === 'image')
    await save(desk)
    expect(stories.undoHeights(id).past).toBe(2)
    desk.editor.refuseImage(slot?.id ?? '')
    await save(desk)
    expect(stories.undoHeights(id).past).toBe(1)
    desk.session.undo()
    expect(seen(desk).body).toEqual(two.blocks.map(({ id: _id, ...block }) => block))
    expect(desk.session.undoState.get()).toEqual({ canUndo: false, canRedo: true })
    desk.kill()
  })

  test('typing into one text of a list of them is one step, as into a field', async () => {
    const { id } = stories.create({ body: two })
    const desk = open(id)
    const at = ['2026-05-01T10:00:00.000Z', '2026-05-02T10:00:00.000Z'] as const
    const corrections = (first: string, second: string, kind: 'correction' | 'update' = 'correction') => [
      { at: at[0], text: first, kind },
      { at: at[1], text: second, kind: 'correction' as const }
    ]
    const typed = async (...values: ReturnType<typeof corrections>[]) => {
      for (const value of values) {
        desk.session.setFields({ corrections: value })
        await clock.advance(50)
      }
    }
    await typed(corrections('', ''))
    await typed(corrections('T', ''), corrections('Th', ''), corrections('The', ''))
    await typed(corrections('The', 'A'), corrections('The', 'An'))
    await typed(corrections('The', 'An', 'update'))
    await typed(corrections('The', 'An', 'update').slice(1))
    const seen: unknown[] = []
    while (desk.session.undoState.get().canUndo) {
      desk.session.undo()
      await clock.advance(0)
      seen.push(desk.session.fields.get().corrections)
    }
    expect(seen).toEqual([
      corrections('The', 'An', 'update'),
      corrections('The', 'An'),
      corrections('The', ''),
      corrections('', ''),
      []
    ])
    desk.kill()
  })

  test('what is done as one step is undone with the caret where it was', async () => {
    const { id } = stories.create({ body: two })
    const desk = open(id)
    const { lexical } = desk.editor
    lexical.update(() => $getRoot().getAllTextNodes()[1]?.select(2, 2), { discrete: true })
    desk.session.asOneStep(() => {
      desk.editor.replaceBlocks([paragraph('a', 'First.'), paragraph('b', 'Second.')])
      desk.session.setFields({ headline: 'Bridge' })
    })
    desk.session.undo()
    await clock.advance(0)
    expect(desk.session.body()).toEqual(two)
    expect(desk.session.fields.get().headline).toBe('')
    const caret = lexical.getEditorState().read(() => {
      const selection = $getSelection()
      return $isRangeSelection(selection) && [selection.anchor.getNode().getTextContent(), selection.anchor.offset]
    })
    expect(caret).toEqual(['Two.', 2])
    desk.session.redo()
    await clock.advance(0)
    expect(desk.session.body().blocks).toEqual([paragraph('a', 'First.'), paragraph('b', 'Second.')])
    expect(desk.session.fields.get().headline).toBe('Bridge')
    desk.kill()
  })

  test('a change that goes on top of another hand’s takes no way back with it that is of the text before', async () => {
    const { id } = stories.create({ body: two, fields: { headline: 'Bridge' } })
    let desk = open(id)
    desk.session.setFields({ headline: 'Bridge closes' })
    const { revision } = stories.get(id)
    stories.patchFields({ id, baseRevision: revision, changeId: newId() }, { kicker: 'Elsewhere' })
    await clock.advance(1000)
    expect(stories.get(id).fields).toMatchObject({ headline: 'Bridge closes', kicker: 'Elsewhere' })
    expect(stories.undoHeights(id)).toMatchObject({ past: 0, future: 0 })
    desk.session.setFields({ standfirst: 'All of it.' })
    await save(desk)
    desk.kill()
    desk = open(id)
    await all(desk, 'undo')
    expect(desk.session.fields.get()).toMatchObject({ headline: 'Bridge closes', kicker: 'Elsewhere', standfirst: '' })
    desk.kill()
  })

  test('steps on disk that are of another text than the one here are not taken', async () => {
    const { id } = stories.create({ body: two, fields: { standfirst: 'As it was.' } })
    let desk = open(id)
    desk.session.setFields({ headline: 'Bridge' })
    await save(desk)
    desk.kill()
    desk = open(id)
    expect(desk.session.undoState.get().canUndo).toBe(true)
    const { revision } = stories.get(id)
    stories.patchFields({ id, baseRevision: revision, changeId: newId() }, { standfirst: 'From a shell.' })
    const other = open(id)
    other.session.setFields({ standfirst: 'From another window.' })
    await save(other)
    expect(stories.undoHeights(id).past).toBe(1)
    desk.session.undo()
    await clock.advance(0)
    expect(desk.session.fields.get()).toMatchObject({ headline: 'Bridge', standfirst: 'As it was.' })
    other.kill()
    desk.kill()
  })

  test('what goes wrong in it is told', async () => {
    const told: unknown[] = []
    const fault = new Error('a bug')
    const gone = new GalleyError('unreachable', say('galley.bug'))
    const hands: UndoHands = {
      apply: () => {
        throw fault
      },
      done: () => undefined,
      place: () => null,
      show: () => undefined,
      load: () => Promise.reject(gone),
      unread: (error) => told.push(['unread', error]),
      ended: (error) => told.push(['ended', error]),
      forgetRedo: () => undefined,
      isNothing: () => false
    }
    const line = new UndoLine(hands, { past: 3, future: 0 }, () => clock.now())
    await line.undo()
    expect(told).toEqual([['unread', gone]])
    // It can be asked again.
    expect(line.state.get().canUndo).toBe(true)
    line.record({ fields: { headline: 'Bridge' }, place: () => null })
    await line.undo()
    expect(told.slice(1)).toEqual([['ended', fault]])
    expect(line.state.get()).toEqual({ canUndo: false, canRedo: false })
  })

  test('a stretch of typing keeps its paragraph once, however many saves it takes', async () => {
    const { id } = stories.create({ body: two })
    const desk = open(id)
    const kept: number[] = []
    for (let n = 0; n < 30; n++) {
      desk.session.patchBody([{ op: 'replace', block: paragraph('a', 'x'.repeat(n)) }], {
        live: two,
        place: () => null
      })
      await clock.advance(200)
      kept.push(JSON.stringify(stories.undoSteps(id).past.steps).length)
    }
    expect(new Set(kept).size).toBe(1)
    desk.kill()
  })
})

async function save(desk: Desk): Promise<void> {
  const saved = desk.session.flush()
  await clock.advance(1)
  await saved
}

async function perform({ session, editor }: Desk, one: Edit): Promise<void> {
  switch (one.do) {
    case 'field':
      return session.setFields({ [one.name]: one.text })
    case 'both':
      return session.asOneStep(() => {
        write(editor, { do: 'write', which: 1, where: 3 })
        session.setFields({ headline: one.text })
      })
    case 'undo':
    case 'redo':
      session[one.do]()
      return clock.advance(0)
    case 'wait':
      return clock.advance(one.ms)
    case 'restart':
    case 'kill':
      return
    default:
      write(editor, one)
  }
}

function write(editor: BodyEditor, { do: kind, which, where }: { do: string; which: number; where: number }): void {
  editor.lexical.update(
    () => {
      const blocks = [...$blocksOf($getRoot())]
      const block = blocks[which % blocks.length]
      const other = blocks[where % blocks.length]
      if (!block || !other) return
      if (kind === 'write') {
        const text = $isElementNode(block) ? block.getAllTextNodes()[0] : undefined
        if ($isTextNode(text)) text.setTextContent(`${text.getTextContent()}${where}`)
      } else if (kind === 'split') other.insertAfter($createParagraphNode().append($createTextNode(`new ${which}`)))
      else if (kind === 'remove') block.remove()
      else if (kind === 'long') {
        const text = $isElementNode(block) ? block.getAllTextNodes()[0] : undefined
        text?.setTextContent(`${where}${'x'.repeat(300_000)}`)
      } else if (kind === 'swap') {
        const instead = $createParagraphNode().append($createTextNode('swapped'))
        const selection = $getSelection()
        const holdsCaret =
          $isRangeSelection(selection) && $isElementNode(block) && block.isParentOf(selection.anchor.getNode())
        block.replace(instead)
        // Lexical asks this of whoever replaces a node.
        if (holdsCaret) instead.selectEnd()
      } else if (!block.is(other)) other.insertAfter(block)
    },
    { discrete: true, tag: where % 3 === 0 ? [] : 'history-push' }
  )
}
