import { laterOf, type Instant } from '../story/instant.ts'
import type { FieldsPatch, WireItem } from '../story/fields.ts'
import type { LineRole } from '../contract/intake.ts'
import { DOCUMENT_VERSION, type Block, type StoredBody } from '../document/document.ts'
import { bodyToText } from '../document/to-text.ts'
import { BodyBuilder, clean } from './blocks.ts'
import { chooseAuthors } from './authors.ts'
import { namesOf } from './byline-line.ts'
import type { IntakeWarning, ToUtc } from './instants.ts'
import { directionOf, languageOf } from '../document/language-guess.ts'
import type { Page, PageLine } from './page.ts'
import { readEmbargo } from './embargo.ts'
import { PageTimes } from './page-times.ts'
import { fold } from './plain.ts'
import { partsOf, type LinePart } from './parts.ts'
import { PictureSlots } from './pictures.ts'
import { readDateline } from './places.ts'
import { droppedRoles } from './roles.ts'
import { say, type Message } from '../words/message.ts'

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
  reason: Message
  kept: boolean
  readonly labelWords: number
}

export interface Draft {
  readonly fields: FieldsPatch
  readonly body: StoredBody
  readonly warnings: readonly IntakeWarning[]
}

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
 * Builds the story from lines and roles. Words that do not fit where their role puts them go into the body at their
 * position, and the line is updated in `lines` to say so. Yields now and then.
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
  readonly #marked: string[] = []
  readonly #dateLines: RoledLine[] = []
  readonly #related: { headline: string; url?: string }[] = []
  readonly #times: PageTimes
  #embargo: Instant | null = null
  /** A line that forbids publication without a readable time. */
  #unreadEmbargo: string | null = null
  readonly #warnings: IntakeWarning[] = []

  constructor(page: Page, options: DraftOptions) {
    this.#page = page
    this.#options = options
    this.#times = new PageTimes(options.zone, options.toUtc)
  }

  add(n: number, line: PageLine, roled: RoledLine, roleBefore: LineRole | undefined): void {
    roled.kept = !droppedRoles.has(roled.role)
    if (!roled.kept) return
    const parts = partsOf(line, roled.role, roled.labelWords)
    const continues = line.join === 'wrap' && roleBefore === roled.role
    if (this.#place(n, line, roled, parts, continues)) return
    this.#warnings.push({
      code: 'too_long',
      ...say('intakeWarning.tooLong', { line: n + 1, role: roled.role })
    })
    roled.reason = say('reason.tooLong', { role: roled.role })
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
        if (role === 'byline') this.#marked.push(...namesOf(line))
        for (const part of parts)
          if (part.kind === 'published' || part.kind === 'updated')
            this.#times.add(part.kind, part.text, toldOf(line, part.text))
        return true
      }
      case 'embargo':
        this.#pictures.close()
        this.#addEmbargo(n, words, roled, line.datetime)
        return true
      case 'published':
      case 'updated': {
        this.#pictures.close()
        const dates = parts.filter(({ kind }) => kind === 'published' || kind === 'updated')
        const read = dates.filter(
          (part) =>
            part.text.length <= 200 &&
            this.#times.add(
              part.kind === 'updated' ? 'updated' : 'published',
              part.text,
              dates.length === 1 ? (line.datetime ?? toldOf(line, part.text)) : toldOf(line, part.text)
            )
        )
        if (read.length === 0) {
          roled.kept = false
          roled.reason = say('reason.noDate')
          this.#warnings.push({ code: 'date_unread', ...say('intakeWarning.dateUnread', { line: n + 1 }) })
        } else this.#dateLines.push(roled)
        return true
      }
      case 'keywords': {
        // Each tag that is a link is a keyword.
        const links = line.runs?.filter((run) => run.link).map(({ text }) => text) ?? []
        const whole =
          links.length > 1 && links.join('').replace(/\s/g, '') === words.replace(/\s/g, '') ? links.join('|') : words
        const found = whole
          .split(/[,;،؛|#•]/u)
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
    const isLabel = field === 'byline' && /^(?:by|par|von|por|written by|story by|words by):?$/iu.test(before)
    const joined =
      before === '' || words === '' ? before + words : before + (continues || isLabel ? ' ' : JOINTS[field]) + words
    if (joined.length > LIMITS[field]) return false
    this.#texts[field] = joined
    return true
  }

  /** The later of two times holds. */
  #addEmbargo(n: number, words: string, roled: RoledLine, machine: string | undefined): void {
    const options = { zone: this.#options.zone, toUtc: this.#options.toUtc, now: Date.parse(this.#options.created.utc) }
    const read = (machine === undefined ? null : readEmbargo(machine, options)) ?? readEmbargo(words, options)
    const source = [this.#embargo?.source, words].filter(Boolean).join('; ')
    if (!read || source.length > 200) {
      roled.kept = false
      roled.reason = say('reason.noHour')
      this.#unreadEmbargo ??= words.slice(0, 200)
      return
    }
    this.#warnings.push(...read.warnings)
    this.#embargo = { ...(laterOf(this.#embargo, read.instant) ?? read.instant), source }
  }

  finish(): Draft {
    const { blocks } = this.#body
    const { lead, inline } = this.#pictures.settle(blocks.length)
    const body: StoredBody = { version: DOCUMENT_VERSION, blocks: weave(blocks, inline) }
    if (this.#unreadEmbargo !== null && this.#embargo === null)
      this.#warnings.push({
        code: 'embargo_unread',
        ...say('intakeWarning.embargoUnread', { words: this.#unreadEmbargo })
      })
    const { published, updated } = this.#publishedTimes()
    const { meta } = this.#page
    const byline = this.#texts.byline || (meta.authors ?? []).join(', ').slice(0, 1000)
    const { authors, source } = chooseAuthors({
      byline: this.#texts.byline,
      marked: this.#marked,
      told: meta.authors ?? []
    })
    const dateline = readFirstDateline(blocks)
    const language = languageOf(sampleOf(this.#texts, blocks), this.#page.language, this.#options.language)
    const fields: FieldsPatch = {
      headline:
        this.#texts.headline ||
        clean(withoutNameOfSite(meta.headline ?? meta.title ?? '', this.#page.lines)).slice(0, 1000),
      standfirst: this.#texts.standfirst,
      kicker: this.#texts.kicker,
      byline,
      authors,
      wire: this.#wire(),
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
      times: { created: this.#options.created, firstPublished: published, lastUpdated: updated, embargo: this.#embargo }
    }
    return { fields, body, warnings: this.#warnings }
  }

  /** The page's address, and when it says it was last changed. */
  #wire(): WireItem | null {
    const { address, modified, published } = this.#page.meta
    return address === undefined
      ? null
      : { id: address.slice(0, 1000), version: (modified ?? published ?? '').slice(0, 200) }
  }

  /** A date before the end of the embargo is when the copy was sent out: no reader can have seen it yet. */
  #publishedTimes(): { readonly published: Instant | null; readonly updated: Instant | null } {
    const { published, updated, warnings } = this.#times.settle(this.#page.meta)
    this.#warnings.push(...warnings)
    const last = laterOf(published, updated)
    const held =
      last !== null &&
      (this.#embargo === null ? this.#unreadEmbargo !== null : Date.parse(last.utc) < Date.parse(this.#embargo.utc))
    if (!held) return { published, updated }
    for (const line of this.#dateLines) {
      line.kept = false
      line.reason = say('reason.underEmbargo')
    }
    const source = [published?.source, updated?.source].filter(Boolean).join('; ') || last.utc.slice(0, 10)
    this.#warnings.push({ code: 'date_under_embargo', ...say('intakeWarning.dateUnderEmbargo', { source }) })
    return { published: null, updated: null }
  }
}

/** What the page's metadata says about the moment these words of the line stand for. */
function toldOf({ text, spans = [] }: PageLine, words: string): string | undefined {
  const at = text.indexOf(words)
  return spans.find(({ from, to, datetime }) => datetime !== undefined && at < to && at + words.length > from)?.datetime
}

function textOf(parts: readonly LinePart[], kind: LinePart['kind']): string {
  return clean(
    parts
      .filter((part) => part.kind === kind)
      .map(({ text, continues }, n) => (n === 0 || continues ? text : ` ${text}`))
      .join('')
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

/** "Lamp burns again | Mole Gazette", where "Mole Gazette" is a line of the page by itself. */
function withoutNameOfSite(title: string, lines: readonly PageLine[]): string {
  const site = title.split(/\s[|–—•·-]\s/u).at(-1) ?? ''
  const story = title.slice(0, -site.length - 3)
  const wanted = fold(site)
  if (wanted === '' || !story.trim().includes(' ')) return title
  return lines.slice(0, 60).some(({ text }) => text.length < 80 && fold(text) === wanted) ? story : title
}
