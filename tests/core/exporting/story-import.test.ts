import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blocksOfHtml } from '../../../src/shared/document/from-html/blocks-of-html.ts'
import { importStory, isStoryJson, StoryImportService } from '../../../src/main/core/intake/story-import.ts'
import type { Story } from '../../../src/shared/story/story.ts'
import { isKnown, type Block } from '../../../src/shared/document/document.ts'
import { bodyToHtml } from '../../../src/shared/document/to-html.ts'
import { bodyToText } from '../../../src/shared/document/to-text.ts'
import { toGalleyJson } from '../../../src/shared/formats/galley-json.ts'
import { toNinjsJson } from '../../../src/shared/formats/ninjs.ts'
import { withoutSlots } from '../../../src/shared/story/pictures.ts'
import { GalleyError } from '../../../src/shared/rpc/errors.ts'
import { goldenSite, goldenStories } from '../../golden/golden.ts'
import { arbitraryBody } from '../../support/arbitrary-story.ts'
import { arbitraryStory } from '../../shared/formats/arbitrary-article.ts'
import { en } from '../../../src/shared/words/en/index.ts'
import { sentence } from '../../../src/shared/words/language.ts'
import { say } from '../../../src/shared/words/message.ts'

const desk = { zone: 'Asia/Dubai', language: 'en', now: Date.parse('2026-01-01T00:00:00Z') }
const bytes = new Uint8Array([1, 2, 3])
const id = createHash('sha256').update(bytes).digest('hex')
const base64 = Buffer.from(bytes).toString('base64')

/** Blocks without their ids, which reading makes anew. */
function bare(blocks: readonly Block[]): unknown[] {
  return blocks.map(({ id: _id, ...rest }) => rest)
}

describe('Galley JSON', () => {
  test('import of an export is the story', () => {
    fc.assert(
      fc.property(arbitraryStory, (story) => {
        const text = toGalleyJson(story, [])
        expect(importStory(text, desk).story).toEqual(story)
        expect(isStoryJson(text)).toBe(true)
      })
    )
  })

  test('brings its pictures, and leaves out a damaged one with a word', () => {
    const { story } = golden('every-block')
    const one = { id, type: 'image/png', name: 'a.png', width: 1, height: 1, size: 3 }
    const { pictures, warnings } = importStory(
      toGalleyJson(story, [
        { ...one, bytes: base64 },
        { ...one, id: '0'.repeat(64), name: 'bad.png', bytes: base64 },
        { ...one, name: 'far.png', file: 'm/far.png' }
      ]),
      desk
    )
    expect(pictures).toEqual([{ id, name: 'a.png', bytes }])
    expect(warnings.map((warning) => sentence(en, warning))).toEqual([
      'The picture “bad.png” inside the file is damaged and was left out.',
      'One picture is not inside this file: far.png. Add them by hand if they are not in this library.'
    ])
  })
})

describe('ninjs', () => {
  test('our own comes back with its body, pictures in their slots', () => {
    const { story: sent } = golden('every-block')
    const text = toNinjsJson(sent, {
      site: goldenSite,
      picture: (use) =>
        use.mediaId === null
          ? undefined
          : { type: 'image/png', name: 'a', width: 400, height: 300, size: 3, src: 'm/a.png' }
    })
    const { story, warnings } = importStory(text, desk)
    expect(story.fields.leadImage).toEqual(sent.fields.leadImage)
    const images = (blocks: readonly Block[]): unknown[] =>
      blocks.flatMap((block) => (isKnown(block) && block.type === 'image' ? [block.image] : []))
    // The slot of a picture to come stayed where it was.
    expect(images(story.body.blocks)).toEqual(images(withoutSlots(sent).body.blocks))
    expect(story.body.blocks.filter(({ type }) => type === 'heading')).toHaveLength(3)
    expect(warnings).toEqual([])
  })

  test('takes pictures that came inside, and keeps captions of those that did not', () => {
    const item = {
      uri: 'https://wire.example/1',
      type: 'text',
      bodies: [{ contentType: 'text/plain', value: 'One.\n\nTwo.\nStill two.' }],
      associations: [
        {
          name: 'lead',
          uri: 'https://wire.example/p1',
          type: 'picture',
          descriptions: [{ value: 'First' }],
          renditions: [{ name: 'a', href: `data:image/png;base64,${base64}` }]
        },
        {
          name: 'second',
          uri: 'https://wire.example/p2',
          type: 'picture',
          descriptions: [{ value: 'Second' }],
          by: 'AFP'
        }
      ]
    }
    const { story, pictures, warnings } = importStory(JSON.stringify(item), desk)
    expect(pictures.map((picture) => picture.id)).toEqual([id])
    expect(story.fields.leadImage).toMatchObject({ mediaId: id, caption: 'First' })
    expect(bare(story.body.blocks)).toMatchObject([
      { type: 'paragraph', runs: [{ text: 'One.' }] },
      { type: 'paragraph', runs: [{ text: 'Two.\nStill two.' }] },
      { type: 'image', image: { mediaId: null, caption: 'Second', credit: 'AFP' } }
    ])
    expect(warnings).toEqual([say('importWarning.picturesElsewhere', { count: 1 })])
  })
})

test('what is neither is refused in plain words', () => {
  expect(() => importStory('{"a":', desk)).toThrow('not valid JSON')
  expect(() => importStory('{"a":1}', desk)).toThrow('neither a Galley story nor ninjs')
  expect(() => importStory('[]', desk)).toThrow('neither')
  for (const text of ['', 'plain words', '[1]', '{"a":1}', '{"broken', 'null']) expect(isStoryJson(text)).toBe(false)
})

describe('HTML bodies', () => {
  test('what we write we read: any body of text comes back', () => {
    fc.assert(
      fc.property(arbitraryBody(6), (body) => {
        const blocks = blocksOfHtml(bodyToHtml(body))
        const words = (text: string): string => text.replace(/[\s\u0000-\u001f\u007f]+/g, '')
        expect(words(bodyToText({ version: 1, blocks }))).toContain(
          words(
            bodyToText({
              version: 1,
              blocks: body.blocks.filter(({ type }) => type === 'paragraph' || type === 'heading').slice(0, 1)
            })
          )
        )
        for (const block of body.blocks) {
          if (isKnown(block) && block.type !== 'image')
            for (const line of bodyToText({ version: 1, blocks: [block] }).split('\n'))
              expect(words(bodyToText({ version: 1, blocks }))).toContain(words(line))
        }
      })
    )
  })

  test('structure and marks', () => {
    const html = `
      <script>steal()</script><style>p{}</style>
      <h1>Head</h1><p>One <b>bold <i>both</i></b> <a href="https://x.example/?a=1&amp;b=2">link</a><br>next
      line</p>loose words<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol><li>1</li></ol>
      <blockquote><p>Said.</p></blockquote><a href="javascript:alert(1)">click</a>
      <figure><img src="a.jpg" alt="Alt"><figcaption><span class="caption">Cap</span> <span class="credit">Cred</span></figcaption></figure>
      <table><tr><td>x</td><td>y</td></tr></table><img src="b.jpg" alt="B"><img src="t.gif" width="1">`
    const blocks = blocksOfHtml(html)
    expect(bare(blocks)).toEqual([
      { type: 'heading', level: 2, runs: [{ text: 'Head' }] },
      {
        type: 'paragraph',
        runs: [
          { text: 'One ' },
          { text: 'bold ', marks: ['bold'] },
          { text: 'both', marks: ['bold', 'italic'] },
          { text: ' ' },
          { text: 'link', link: { href: 'https://x.example/?a=1&b=2' } },
          { text: '\nnext line' }
        ]
      },
      { type: 'paragraph', runs: [{ text: 'loose words' }] },
      {
        type: 'list',
        ordered: false,
        items: [
          { runs: [{ text: 'a' }], depth: 0 },
          { runs: [{ text: 'b' }], depth: 1 },
          { runs: [{ text: 'c' }], depth: 0 }
        ]
      },
      { type: 'list', ordered: true, items: [{ runs: [{ text: '1' }], depth: 0 }] },
      { type: 'quote', runs: [{ text: 'Said.' }] },
      { type: 'paragraph', runs: [{ text: 'click' }] },
      { type: 'image', image: { mediaId: null, caption: 'Cap', credit: 'Cred', alt: 'Alt', focalPoint: null } },
      {
        type: 'table',
        headerRow: false,
        headerColumn: false,
        rows: [{ cells: [{ runs: [{ text: 'x' }] }, { runs: [{ text: 'y' }] }] }]
      },
      { type: 'image', image: { mediaId: null, caption: '', credit: '', alt: 'B', focalPoint: null } }
    ])
  })

  test('never fails, never lets a script address through', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<p>',
            '</p>',
            '<b>',
            '</i>',
            '<ul>',
            '<li>',
            '</ul>',
            '<figure>',
            '</figure>',
            '<a href="javascript:x">',
            '</a>',
            '<script>',
            '</script>',
            'word ',
            '<img src=x>',
            '<blockquote>',
            '<br>',
            '<',
            '&amp',
            '<span class="credit">',
            '</span>',
            '<p class="placeholder">'
          )
        ),
        (pieces) => {
          expect(JSON.stringify(blocksOfHtml(pieces.join('')))).not.toContain('javascript:')
        }
      )
    )
  })

  test('a hundred thousand nested elements are read in one pass', () => {
    expect(blocksOfHtml(`${'<div>'.repeat(100_000)}deep`)).toHaveLength(1)
  })
})

describe('into the library', () => {
  test('the same id again makes a copy, and nothing there is touched', async () => {
    const created: (string | undefined)[] = []
    const added: string[] = []
    const { story } = golden('every-block')
    const service = new StoryImportService({
      stories: {
        create(news) {
          if (news.id !== undefined && created.includes(news.id)) throw new GalleyError('conflict', say('galley.bug'))
          created.push(news.id)
          return { ...story, id: news.id ?? 'new' }
        }
      },
      media: {
        add: async (name, picture) => {
          added.push(name)
          const facts = {
            type: '',
            name,
            width: 1,
            height: 1,
            size: 1,
            metadata: {},
            isDamaged: false,
            leavesAsStill: false
          }
          return { id: String(picture.length), ...facts }
        },
        find: () => undefined
      },
      desk: () => desk,
      clock: { now: () => desk.now }
    })
    const text = toGalleyJson({ ...story, status: 'published' }, [
      { id, type: 'image/png', name: 'a.png', width: 1, height: 1, size: 3, bytes: base64 }
    ])
    expect(await service.add('a.json', text, null)).toEqual({
      id: story.id,
      warnings: [say('importWarning.startsAsDraft', { status: 'published' })]
    })
    expect(await service.add('a.json', text, null)).toMatchObject({
      id: 'new',
      warnings: [{}, say('importWarning.copyAdded')]
    })
    expect(added).toEqual(['a.png', 'a.png'])
  })
})

function golden(name: string): { story: Story } {
  const found = goldenStories().find((story) => story.name === name)
  if (!found) throw new Error(`No golden story ${name}`)
  return found
}
