import type { Instant } from '../story/instant.ts'
import type { FieldsPatch } from '../story/fields.ts'
import type { LineRole } from '../contract/intake.ts'
import { DOCUMENT_VERSION, type Block, type StoredBody } from '../document/document.ts'
import { bodyToText } from '../document/to-text.ts'
import { BodyBuilder, clean } from './blocks.ts'
import { authorsOf } from './bylines.ts'
import { readDate } from './dates.ts'
import { toInstant, type IntakeWarning, type ToUtc } from './instants.ts'
import { directionOf, languageOf } from './languages.ts'
import type { Page, PageLine } from './page.ts'
import { partsOf, type LinePart } from './parts.ts'
import { PictureSlots } from './pictures.ts'
import { readDateline } from './places.ts'

export interface DraftOptions {
  readonly zone: string
  readonly toUtc: ToUtc
  /** The desk's language. */
  readonly language: string
  /** When the story is made. */
  readonly created: Instant
}

/** A line and the role it is to have. */
export interface RoledLine {
  role: LineRole
  reason: string
  kept: boolean
  readonly labelWords: number
}

export interface Draft {
  readonly fields: FieldsPatch
  readonly body: StoredBody
  readonly warnings: readonly IntakeWarning[]
}

/** Roles whose lines stay out of the story. */
export const droppedRoles: ReadonlySet<LineRole> = new Set<LineRole>(['furniture', 'duplicate', 'blank'])

const SLICE = 2000
const LIMITS = { headline: 1000, standfirst: 5000, kicker: 200, byline: 1000, dateline: 200, section: 200 } as const
type TextField = keyof typeof LIMITS
const JOINTS: Readonly<Record<TextField, string>> = {
  headline: ' ',
  standfirst: '\n',
  kicker: ' ',
  byline: ', ',
  dateline: ', ',
  section: ', '
}

/**
 * Makes the story out of lines and roles. Words that do not fit where their role wants them go into the body at their
 * place, and the line says so: `lines` is brought up to date. Yields now and then.
 */
export function* makeDraft(page: Page, lines: readonly RoledLine[], options: DraftOptions): Generator<void, Draft> {
  const story = new StoryBuilder(page, options)
  for (const [n, roled] of lines.entries()) {
    if (n % SLICE === 0) yield
    const line = page.lines[n]
    if (line) story.add(n, line, roled, lines[n - 1]?.role)
  }
  return story.finish()
}

class StoryBuilder {
  readonly #page: Page
  readonly #options: DraftOptions
  readonly #texts: Record<TextField, string> = {
    headline: '',
    standfirst: '',
    kicker: '',
    byline: '',
    dateline: '',
    section: ''
  }
  readonly #body = new BodyBuilder()
  readonly #pictures = new PictureSlots()
  readonly #keywords: string[] = []
  readonly #related: { headline: string; url?: string }[] = []
  readonly #times: { published: Instant | null; updated: Instant | null } = { published: null, updated: null }
  readonly #hasOffset = { published: false, updated: false }
  readonly #warnings: IntakeWarning[] = []

  constructor(page: Page, options: DraftOptions) {
    this.#page = page
    this.#options = options
  }

  add(n: number, line: PageLine, roled: RoledLine, roleBefore: LineRole | undefined): void {
    roled.kept = !droppedRoles.has(roled.role)
    if (!roled.kept) return
    const parts = partsOf(line, roled.role, roled.labelWords)
    const continues = line.join === 'wrap' && roleBefore === roled.role
    if (this.#place(n, line, roled, parts, continues)) return
    this.#warnings.push({
      code: 'too_long',
      message: `Line ${String(n + 1)} is too long to be the ${roled.role}; it is kept in the body.`
    })
    roled.reason = `too long to be the ${roled.role}; kept in the body`
    roled.role = 'body'
    this.#pictures.close()
    this.#body.add(n, line, 'body', partsOf(line, 'body'))
  }

  /** False when the words do not fit. */
  #place(n: number, line: PageLine, roled: RoledLine, parts: readonly LinePart[], continues: boolean): boolean {
    const words = textOf(parts, 'words')
    const { role } = roled
    switch (role) {
      case 'body':
      case 'heading':
      case 'quote':
      case 'listItem':
        this.#pictures.close()
        this.#body.add(n, line, role, parts)
        return true
      case 'caption':
      case 'alt':
      case 'credit': {
        this.#body.interrupt()
        const at = { line: n, block: this.#body.blocks.length, continues }
        const credit = textOf(parts, 'credit')
        const fits = words.length <= 5000 && credit.length <= 900
        return (
          fits &&
          (words === '' || this.#pictures.put(role === 'alt' ? 'alt' : 'caption', words, at)) &&
          (credit === '' || this.#pictures.put('credit', credit, at))
        )
      }
      case 'headline':
      case 'standfirst':
      case 'kicker':
      case 'byline':
      case 'dateline':
      case 'section': {
        this.#pictures.close()
        if (!this.#addText(role, words, continues)) return false
        for (const part of parts)
          if (part.kind === 'published' || part.kind === 'updated') this.#addDate(part.kind, part.text)
        return true
      }
      case 'published':
      case 'updated': {
        this.#pictures.close()
        const dates = parts.filter(({ kind }) => kind === 'published' || kind === 'updated')
        const read = dates.filter(
          (part) =>
            part.text.length <= 200 &&
            this.#addDate(
              part.kind === 'updated' ? 'updated' : 'published',
              part.text,
              dates.length === 1 ? line.datetime : undefined
            )
        )
        if (read.length === 0) {
          roled.kept = false
          roled.reason = 'no date could be read in this line'
          this.#warnings.push({ code: 'date_unread', message: `Line ${String(n + 1)}: no date could be read in it.` })
        }
        return true
      }
      case 'keywords': {
        // Tags that are links each are keywords each.
        const links = line.runs?.filter((run) => run.link).map(({ text }) => text) ?? []
        const whole =
          links.length > 1 && links.join('').replace(/\s/g, '') === words.replace(/\s/g, '') ? links.join('|') : words
        const found = whole
          .split(/\s*[,;،؛|#•]\s*/u)
          .map((word) => word.trim())
          .filter((word) => word !== '')
        if (this.#keywords.length + found.length > 200 || found.some((word) => word.length > 200)) return false
        this.#keywords.push(...found)
        return true
      }
      case 'related':
        if (words.length > 500 || this.#related.length >= 100) return false
        if (words !== '')
          this.#related.push({
            headline: words,
            ...(line.href !== undefined && /^https?:/i.test(line.href) && { url: line.href })
          })
        return true
      default:
        return true
    }
  }

  #addText(field: TextField, words: string, continues: boolean): boolean {
    const before = this.#texts[field]
    const joined = before === '' || words === '' ? before + words : before + (continues ? ' ' : JOINTS[field]) + words
    if (joined.length > LIMITS[field]) return false
    this.#texts[field] = joined
    return true
  }

  /** `machine`: the same moment as the page tells it to machines; an offset in it leaves no zone to guess. */
  #addDate(kind: 'published' | 'updated', words: string, machine?: string): boolean {
    const told = machine === undefined ? null : readDate(machine)
    const date = told !== null && told.offset !== null ? told : readDate(words)
    if (!date) return false
    const { instant, warnings } = toInstant(date, words, this.#options.zone, this.#options.toUtc)
    // A person may call several lines the publishing date; the first has it, the others' words are kept with it.
    const before = this.#times[kind]
    this.#times[kind] = before
      ? { ...before, source: `${before.source ?? ''}; ${instant.source ?? ''}`.slice(0, 200) }
      : instant
    if (before && (this.#times[kind]?.source?.endsWith(instant.source ?? '') ?? false) === false) return false
    if (before === null) {
      this.#hasOffset[kind] = date.offset !== null || date.zone !== null
      this.#warnings.push(...warnings)
    }
    return true
  }

  finish(): Draft {
    const { blocks } = this.#body
    const { lead, inline } = this.#pictures.settle(blocks.length)
    const body: StoredBody = { version: DOCUMENT_VERSION, blocks: weave(blocks, inline) }
    this.#times.published = this.#withMeta('published', this.#page.meta.published)
    this.#times.updated = this.#withMeta('updated', this.#page.meta.modified)
    const { published, updated } = this.#times
    if (published && updated && updated.utc < published.utc)
      this.#warnings.push({ code: 'updated_first', message: 'The last update is before the publishing date.' })
    const { meta } = this.#page
    const byline = this.#texts.byline || (meta.authors ?? []).join(', ').slice(0, 1000)
    const { authors, source } = authorsOf(byline)
    const dateline = readFirstDateline(blocks)
    const language = languageOf(sampleOf(this.#texts, blocks), this.#page.language, this.#options.language)
    const fields: FieldsPatch = {
      headline: this.#texts.headline || clean(meta.headline ?? '').slice(0, 1000),
      standfirst: this.#texts.standfirst,
      kicker: this.#texts.kicker,
      byline,
      authors: byline === '' ? [] : authors,
      source: source || (dateline?.source ?? '') || (meta.siteName ?? '').slice(0, 200),
      dateline: this.#texts.dateline || (dateline?.place ?? '').slice(0, 200),
      section: this.#texts.section || (meta.section ?? '').slice(0, 200),
      keywords:
        this.#keywords.length > 0
          ? this.#keywords
          : (meta.keywords ?? []).slice(0, 50).map((word) => word.slice(0, 200)),
      language,
      direction: directionOf(language),
      leadImage: lead,
      related: this.#related,
      times: { created: this.#options.created, firstPublished: published, lastUpdated: updated, release: null }
    }
    return { fields, body, warnings: this.#warnings }
  }

  /**
   * What the page tells machines fills in what it does not tell readers, and settles the zone where its visible words
   * name none: a date with an offset leaves nothing to guess.
   */
  #withMeta(kind: 'published' | 'updated', iso: string | undefined): Instant | null {
    const seen = this.#times[kind]
    const date = iso === undefined ? null : readDate(iso)
    if (iso === undefined || !date) return seen
    const { instant } = toInstant(date, iso, this.#options.zone, this.#options.toUtc)
    if (!seen) return instant
    const apart = Math.abs(Date.parse(seen.utc) - Date.parse(instant.utc))
    if (apart < 60_000 || this.#hasOffset[kind] || date.offset === null) return seen
    const label = kind === 'published' ? 'publishing date' : 'last update'
    this.#warnings.push({
      code: 'dates_differ',
      message: `The page's own data puts the ${label} at another moment than “${seen.source ?? ''}” read in ${seen.zone}; its data is used, since it names its offset.`
    })
    return { ...instant, source: seen.source ?? iso }
  }
}

function textOf(parts: readonly LinePart[], kind: LinePart['kind']): string {
  return clean(
    parts
      .filter((part) => part.kind === kind)
      .map(({ text }) => text)
      .join(' ')
  ).trim()
}

function weave(
  blocks: readonly Block[],
  inline: readonly { readonly before: number; readonly block: Block }[]
): Block[] {
  const woven: Block[] = []
  let next = 0
  for (let n = 0; n <= blocks.length; n++) {
    for (let one = inline[next]; one && one.before <= n; one = inline[++next]) woven.push(one.block)
    const block = blocks[n]
    if (block) woven.push(block)
  }
  return woven
}

function readFirstDateline(blocks: readonly Block[]) {
  const first = blocks.find((block) => block.type === 'paragraph')
  return first ? readDateline(bodyToText({ version: DOCUMENT_VERSION, blocks: [first] })) : null
}

function sampleOf(texts: Readonly<Record<TextField, string>>, blocks: readonly Block[]): string {
  return [
    texts.headline,
    texts.standfirst,
    bodyToText({ version: DOCUMENT_VERSION, blocks: blocks.slice(0, 60) })
  ].join('\n')
}
