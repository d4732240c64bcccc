import fc from 'fast-check'
import type { StoredBody } from '../../../src/shared/document/document.ts'
import type { BlockChoice } from '../../../src/renderer/editor/blocks/editor-blocks.ts'
import type { EditorPage } from './editor-page.ts'

export type Gesture =
  | { do: 'type'; text: string }
  | { do: 'press'; key: string; times: number }
  | { do: 'block'; choice: BlockChoice }
  | { do: 'copy' | 'cut' | 'paste' }
  | { do: 'pasteText'; text: string }
  | { do: 'pasteHtml'; html: string }
  | { do: 'undo' | 'redo'; times: number }

const keys = [
  'Enter',
  'Backspace',
  'Delete',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'Shift+ArrowLeft',
  'Shift+ArrowRight',
  'Shift+ArrowUp',
  'Shift+ArrowDown',
  'Shift+Home',
  'Shift+End',
  'Control+Home',
  'Control+End',
  'Control+Shift+Home',
  'Control+Shift+End',
  'Control+ArrowLeft',
  'Control+ArrowRight',
  'Control+Backspace',
  'Control+Delete',
  'Shift+Enter',
  'Tab',
  'Shift+Tab',
  'Control+a',
  'Control+b',
  'Control+i',
  'Control+Shift+Digit7',
  'Control+Alt+Digit2',
  'Control+Alt+Digit0'
] as const

const choices: readonly BlockChoice[] = ['paragraph', 'heading2', 'heading3', 'quote', 'bulleted', 'numbered']
const html = [
  '<p>pasted <b>one</b></p>',
  '<p>first pasted</p><p>second pasted</p>',
  '<h2>Pasted head</h2><ul><li>p1<ul><li>p2</li></ul></li><li>p3</li></ul><blockquote>said</blockquote>',
  '<a href="https://example.org/">link</a> and text'
]

export const gesture: fc.Arbitrary<Gesture> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('type' as const), text: fc.constantFrom('a', 'bc ', 'مرحبا', 'x. Y', '漢') })
  },
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constant('press' as const),
      key: fc.constantFrom(...keys),
      times: fc.integer({ min: 1, max: 3 })
    })
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('press' as const),
      key: fc.constantFrom('Enter', 'Backspace', 'Delete'),
      times: fc.integer({ min: 1, max: 4 })
    })
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('block' as const), choice: fc.constantFrom(...choices) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('copy' as const, 'cut' as const, 'paste' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('pasteText' as const),
      text: fc.constantFrom('plain', 'two\n\nparagraphs', 'a line\nbreak', 'one\n\ntwo\n\nthree\n\nfour')
    })
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pasteHtml' as const), html: fc.constantFrom(...html) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('undo' as const, 'redo' as const),
      times: fc.integer({ min: 1, max: 4 })
    })
  }
)

const words = fc.constantFrom('', 'one', 'two words', 'three short words here', 'نص عربي', 'café — “quoted”')
const run = fc
  .record(
    {
      text: words.filter((text) => text !== ''),
      marks: fc.option(fc.constantFrom(['bold'], ['italic', 'bold'], ['underline', 'sparkle']), {
        nil: undefined,
        freq: 4
      }),
      link: fc.option(fc.constant({ href: 'https://example.org/a', title: 'A' }), { nil: undefined, freq: 6 })
    },
    { requiredKeys: ['text'] }
  )
  .map((made) => JSON.parse(JSON.stringify(made)) as { text: string })
const runs = fc.array(run, { maxLength: 3 })

const block = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('paragraph'), runs }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('heading'), level: fc.constantFrom(2, 3, 4), runs }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('quote'), runs, dir: fc.constant('rtl'), lang: fc.constant('ar') })
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('list'),
      ordered: fc.boolean(),
      items: fc.array(fc.record({ runs, depth: fc.integer({ min: 0, max: 2 }) }), { minLength: 1, maxLength: 4 })
    })
  },
  {
    weight: 1,
    arbitrary: fc.constant({
      type: 'image',
      image: { mediaId: null, caption: 'A caption', credit: 'AFP', alt: '', focalPoint: null }
    })
  },
  { weight: 1, arbitrary: fc.constant({ type: 'x-video', url: 'https://example.org/v' }) }
)

export const startBody: fc.Arbitrary<StoredBody> = fc
  .array(block, { maxLength: 14 })
  .map((blocks) => ({ version: 1, blocks: blocks.map((made, index) => ({ id: `b${index}`, ...made })) }) as StoredBody)

/** `meet` is called after a move by line, whose column the browser remembers by its own lights. */
export async function perform(
  editor: EditorPage,
  gesture: Gesture,
  meet: () => Promise<void> = async () => undefined
): Promise<void> {
  await editor.pause()
  switch (gesture.do) {
    case 'type':
      return editor.type(gesture.text)
    case 'press':
      for (let times = 0; times < gesture.times; times += 1) {
        await editor.press(gesture.key)
        if (gesture.key.includes('ArrowUp') || gesture.key.includes('ArrowDown')) await meet()
      }
      return
    case 'block':
      return editor.setBlockType(gesture.choice)
    case 'copy':
    case 'cut':
      await editor.copy(gesture.do)
      return
    case 'paste':
      return editor.paste()
    case 'pasteText':
      return editor.paste({ 'text/plain': gesture.text })
    case 'pasteHtml':
      return editor.paste({ 'text/html': gesture.html, 'text/plain': 'plain fallback' })
    case 'undo':
    case 'redo':
      for (let times = 0; times < gesture.times; times += 1)
        await editor.press(gesture.do === 'undo' ? 'Control+z' : 'Control+Shift+z')
  }
}
