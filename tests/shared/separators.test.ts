import { describe, expect, it } from 'vitest'
import { bodyToText } from '../../src/shared/document/to-text.ts'
import type { Block, StoredBody } from '../../src/shared/document/document.ts'
import { bodyToHtml } from '../../src/shared/document/to-html.ts'
import { htmlPage } from '../../src/shared/formats/html-page.ts'
import { bodyPlainText, plainText } from '../../src/shared/formats/plain-text.ts'
import { toNinjs } from '../../src/shared/formats/ninjs.ts'
import { readNinjs } from '../../src/shared/formats/read-ninjs.ts'
import { emptyFields } from '../../src/shared/story/fields.ts'
import type { Story } from '../../src/shared/story/story.ts'
import { blocksOfPlainText } from '../../src/renderer/editor/clipboard/plain-import.ts'
import { collapseLines } from '../../src/renderer/editor/create-plain-editor.ts'
import { review } from '../core/intake/support.ts'
import { read } from './from-html/read.ts'

/** What other systems part words with, and what it is here. */
const separators = [
  ['a vertical tab, Word’s soft return', '\v', 'break'],
  ['NEL, of mainframes', '\u0085', 'break'],
  ['a line separator', '\u2028', 'break'],
  ['a carriage return', '\r', 'break'],
  ['a form feed', '\f', 'paragraph'],
  ['a paragraph separator', '\u2029', 'paragraph'],
  ['a file separator', '\u001c', 'space'],
  ['a unit separator', '\u001f', 'space']
] as const
const here = { break: '\n', paragraph: '\n\n', space: ' ' } as const
const FOREIGN = /[\v\f\r\u001c-\u001f\u0085\u2028\u2029]/

const created = { utc: '2026-01-01T00:00:00.000Z', zone: 'UTC', origin: 'clock' as const }
const storyOf = (body: StoredBody, headline = 'Headline'): Story => ({
  id: '01980000-0000-7000-8000-0000000000aa',
  revision: 1,
  status: 'draft',
  changedAt: created.utc,
  fields: { ...emptyFields(created, 'en'), headline },
  body
})
const site = { deskName: '', siteUrl: '', channels: [], related: [], relatedTitle: '' }

describe.each(separators)('%s', (_name, separator, kind) => {
  const foreign = `first line${separator}second line`
  const clean = `first line${here[kind]}second line`
  const text = (blocks: readonly object[]): string =>
    bodyToText({ version: 1, blocks: blocks.map((block, n) => ({ id: `${n}`, ...block }) as Block) }).trim()

  it('in pasted plain text', () => {
    expect(text(blocksOfPlainText(foreign))).toBe(clean)
    expect(collapseLines(foreign)).toBe('first line second line')
  })

  it('in pasted and imported HTML', () => {
    // HTML itself takes a form feed and a carriage return for spaces.
    const expected = separator === '\f' || separator === '\r' ? 'first line second line' : clean
    expect(text(read(`<p>${foreign}</p>`))).toBe(expected)
  })

  it('in copy taken in', () => {
    const found = review(
      `Council votes to close harbour bridge\n\nBy Amal Haddad\n\nThe council voted, and its ${foreign} of the law, officials said on Tuesday evening.\n`
    )
    const kept = found.lines
      .filter((line) => line.kept)
      .map((line) => line.text)
      .join(' ')
      .replace(/[\s\u0085\u001c-\u001f]+/g, ' ')
    expect(kept).toContain('its first line second line of the law')
    const made = [found.fields.standfirst, bodyToText(found.body)].join('\n')
    expect(made).not.toMatch(/linesecond/)
    expect(made).not.toMatch(FOREIGN)
  })

  it('in an item of another system', () => {
    const item = {
      uri: 'urn:x',
      headlines: [{ value: foreign }],
      bodies: [{ contentType: 'text/plain', role: 'plain', value: foreign }]
    }
    const found = readNinjs(item, { zone: 'UTC', language: 'en', now: created })
    expect(JSON.stringify(found)).not.toMatch(/linesecond/)
  })

  it('in what was stored before, on every way out', () => {
    const story = storyOf({ version: 1, blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: foreign }] }] }, foreign)
    const html = htmlPage(story, { site, picture: () => undefined, planned: null })
    for (const out of [
      bodyToHtml(story.body),
      html,
      plainText(story),
      bodyPlainText(story.body),
      JSON.stringify(toNinjs(story, { site, picture: () => undefined }))
    ]) {
      expect(out).not.toMatch(FOREIGN)
      expect(out).not.toMatch(/linesecond/)
    }
  })
})
