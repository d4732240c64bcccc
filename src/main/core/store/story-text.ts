import { BlockSequence, type BodyPatch } from '../../../shared/document/patch.ts'
import type { BlockSearchText } from '../../../shared/document/blocks/define-block.ts'
import { DOCUMENT_VERSION, partsOfBlock, type Block, type StoredBody } from '../../../shared/document/document.ts'
import { sql, type ReadableDb } from './sql.ts'

/** The words of a story by where they occur, as search sees them. */
export interface StoryText {
  readonly headline: string
  readonly standfirst: string
  /** Byline, authors, source, slugline, slug, section, kicker, dateline, keywords. */
  readonly names: string
  readonly captions: readonly string[]
  /** The paragraphs, without pictures. */
  readonly body: readonly string[]
}

/**
 * The story as it is on disk now, journal included. Lenient where reading for editing is strict: whatever cannot be
 * read of a damaged story is left out, so that the rest is still found. Null if nothing is readable.
 */
export function readStoryText(db: ReadableDb, seq: number): StoryText | null {
  try {
    const story = readParts(db, seq)
    return story && textOf(story.fields(), story.blocks)
  } catch {
    return null
  }
}

/** The paragraphs in order, then all other texts: to find the first that contains a word without reading further. */
export function* storyTexts(db: ReadableDb, seq: number): Generator<string> {
  let story: Parts | null
  try {
    story = readParts(db, seq)
  } catch {
    return
  }
  if (!story) return
  const captions: string[] = []
  for (const block of story.blocks) {
    const text = searchTextOf(block)
    if (text.body !== '') yield text.body
    captions.push(...text.captions)
  }
  yield* textsBesideBody(story.fields(), captions)
}

/**
 * The texts that may contain a match, paragraphs first, each read on demand: to show why a story was found without
 * reading all of it. `places` is matched against the stored JSON, one character per byte. Yields nothing for a story
 * with a journal or a body in another stored form, and misses texts whose letters `places` does not cover; `storyTexts`
 * has them all.
 */
export function* likelyTexts(db: ReadableDb, seq: number, places: RegExp): Generator<string> {
  const content = db.get<{ body: Buffer }>(sql`
    SELECT CAST(body AS BLOB) AS body FROM article_content AS c WHERE seq = ${seq} AND NOT EXISTS (SELECT 1 FROM journal AS j WHERE j.seq = c.seq)`)
  const bytes = content?.body.toString('latin1') ?? ''
  if (!content || !bytes.startsWith(BODY_START)) return
  const captions: string[] = []
  let start = BODY_START.length
  let end = start
  for (const { index } of bytes.matchAll(places)) {
    if (index < end) continue
    while (end <= index) {
      if (end > BODY_START.length) start = end + 1
      end = endOfObject(bytes, start)
      if (end === start) return
    }
    let block: Block
    try {
      block = JSON.parse(content.body.toString('utf8', start, end)) as Block
    } catch {
      return
    }
    const text = searchTextOf(block)
    if (text.body !== '') yield text.body
    captions.push(...text.captions)
  }
  const stored = db.get<{ fields: string }>(sql`SELECT fields FROM article_content WHERE seq = ${seq}`)
  if (stored) yield* textsBesideBody(JSON.parse(stored.fields) as Record<string, unknown>, captions)
}

/** Standfirst, captions and names, leaving out empty ones. */
function textsBesideBody(fields: Record<string, unknown>, captionsInBody: readonly string[]): string[] {
  const { standfirst, captions, names } = textOf(fields, [])
  return [standfirst, ...captions, ...captionsInBody, names].filter((text) => text !== '')
}

const BODY_START = `{"version":${DOCUMENT_VERSION},"blocks":[`
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPENING = 0x7b
const CLOSING = 0x7d

/** The position after the object that begins at `start`; `start` itself if none begins there. */
function endOfObject(json: string, start: number): number {
  if (json.charCodeAt(start) !== OPENING) return start
  let depth = 0
  for (let at = start; at < json.length; at++) {
    const character = json.charCodeAt(at)
    if (character === QUOTE) at = endOfString(json, at)
    else if (character === OPENING) depth += 1
    else if (character === CLOSING && --depth === 0) return at + 1
  }
  return start
}

/** The position of the closing quotation mark of the string that begins at `start`. */
function endOfString(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); at >= 0; at = json.indexOf('"', at + 1)) {
    let escapes = 0
    while (json.charCodeAt(at - 1 - escapes) === BACKSLASH) escapes += 1
    if (escapes % 2 === 0) return at
  }
  return json.length
}

interface Parts {
  readonly blocks: readonly Block[]
  fields(): Record<string, unknown>
}

function readParts(db: ReadableDb, seq: number): Parts | null {
  const content = db.get<{ fields: string; body: string; revision: number; changed: number }>(sql`
    SELECT fields, body, revision, EXISTS (SELECT 1 FROM journal AS j WHERE j.seq = c.seq) AS changed FROM article_content AS c WHERE seq = ${seq}`)
  if (!content) return null
  const { blocks } = JSON.parse(content.body) as StoredBody
  const fields = (): Record<string, unknown> => JSON.parse(content.fields) as Record<string, unknown>
  return content.changed === 0 ? { blocks, fields } : withJournal(db, seq, content.revision, blocks, fields())
}

function withJournal(
  db: ReadableDb,
  seq: number,
  revision: number,
  blocks: readonly Block[],
  stored: Record<string, unknown>
): Parts {
  const sequence = new BlockSequence({ version: 1, blocks: [...blocks] })
  let fields = stored
  for (const { change } of db.all<{ change: string }>(
    sql`SELECT change FROM journal WHERE seq = ${seq} AND revision > ${revision} ORDER BY revision`
  )) {
    const { patch, fields: changed } = JSON.parse(change) as { patch?: BodyPatch; fields?: Record<string, unknown> }
    if (changed) fields = { ...fields, ...changed }
    if (patch) sequence.apply(patch)
  }
  return { blocks: sequence.toBody().blocks, fields: () => fields }
}

function textOf(fields: Record<string, unknown>, blocks: readonly Block[]): StoryText {
  const lead = isRecord(fields['leadImage']) ? fields['leadImage'] : {}
  const captions = [[lead['caption'], lead['credit'], lead['alt']].filter(isFilled).join('\n')].filter(isFilled)
  const body: string[] = []
  for (const block of blocks) {
    const text = searchTextOf(block)
    if (text.body !== '') body.push(text.body)
    captions.push(...text.captions)
  }
  const authors = Array.isArray(fields['authors'])
    ? fields['authors'].map((author: unknown) => (isRecord(author) ? author['name'] : ''))
    : []
  const keywords = Array.isArray(fields['keywords']) ? fields['keywords'] : []
  const names = [
    fields['byline'],
    ...authors,
    fields['source'],
    fields['slugline'],
    fields['slug'],
    fields['section'],
    fields['kicker'],
    fields['dateline'],
    ...keywords
  ]
  return {
    headline: isFilled(fields['headline']) ? fields['headline'] : '',
    standfirst: isFilled(fields['standfirst']) ? fields['standfirst'] : '',
    names: names.filter(isFilled).join('\n'),
    captions,
    body
  }
}

/** Empty for a damaged block: the rest of the story is still found. */
function searchTextOf(block: Block): BlockSearchText {
  try {
    return partsOfBlock(block).searchText(block)
  } catch {
    return { body: '', captions: [] }
  }
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
