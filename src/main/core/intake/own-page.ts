import { Parser } from 'htmlparser2'
import { DOCUMENT_VERSION, type Block, type StoredBody } from '../../../shared/document/document.ts'
import type { ImageUse } from '../../../shared/document/image-use.ts'
import { Language } from '../../../shared/document/language.ts'
import { PageFacts, PICTURE_ATTRIBUTE, pictureNamed } from '../../../shared/formats/page-facts.ts'
import { fieldDefaults, type FieldsPatch } from '../../../shared/story/fields.ts'
import { blocksOfOwnHtml } from './own-blocks.ts'

/**
 * A story as shown by one of our own pages. Its times are those on the page; the creation time is set by whoever takes
 * it in.
 */
export interface OwnStory {
  /** Everything the page shows or says, except the times. */
  readonly fields: FieldsPatch
  readonly times: NonNullable<PageFacts['times']>
  readonly body: StoredBody
}

/** The parts of the page that each show a field, by class. */
const SHOWN = ['section', 'kicker', 'standfirst', 'author', 'dateline', 'source'] as const
type Shown = (typeof SHOWN)[number] | 'h1' | 'caption' | 'credit'

const MARK = 'data-galley-fields'

/** Cheap enough to check for any page. */
export function isOwnPage(html: string): boolean {
  return html.includes(MARK)
}

/**
 * Reads a page or fragment written by this build back into the fields and body it was made from. Null if the page is
 * not ours, or too incomplete to be read as ours; it is then a page like any other.
 */
export function readOwnPage(html: string): OwnStory | null {
  const reader = new OwnPageReader(html)
  const parser = new Parser(reader, { decodeEntities: true, lowerCaseTags: true })
  reader.parser = parser
  parser.write(html)
  parser.end()
  return reader.story()
}

class OwnPageReader {
  parser: Parser | null = null
  readonly #html: string
  readonly #open: string[] = []
  readonly #texts = new Map<Shown, string>()
  #facts: PageFacts | null = null
  #language = ''
  /** The depth of the article element; -1 outside it. */
  #article = -1
  /** The depth of the body, and where its HTML begins. */
  #body: { readonly depth: number; readonly from: number } | null = null
  #bodyHtml: string | null = null
  #lead: { readonly depth: number; image: Record<string, string> | null } | null = null
  #leadImage: Record<string, string> | null = null
  #field: { readonly name: Shown; readonly depth: number; text: string } | null = null
  readonly #bodyPictures: Record<string, string>[] = []

  constructor(html: string) {
    this.#html = html
  }

  onopentag(name: string, attributes: Record<string, string>): void {
    const depth = this.#open.length
    if (!VOID.has(name)) this.#open.push(name)
    if (name === 'article' && this.#article === -1 && attributes[MARK] !== undefined) {
      this.#article = depth
      this.#facts = factsOf(attributes[MARK])
      this.#language = attributes['lang'] ?? ''
      return
    }
    if (this.#article === -1) return
    if (this.#body) {
      if (name === 'img') this.#bodyPictures.push(attributes)
      return
    }
    if (name === 'br' && this.#field) this.#field.text += '\n'
    const classes = (attributes['class'] ?? '').split(/\s+/)
    if (name === 'figure' && attributes['data-galley-lead'] !== undefined) this.#lead = { depth, image: null }
    else if (name === 'img' && this.#lead) this.#lead.image = attributes
    else if (name === 'div' && classes.includes('body') && this.#bodyHtml === null)
      this.#body = { depth, from: (this.parser?.endIndex ?? 0) + 1 }
    else if (!this.#field) {
      const wanted: Shown | undefined =
        name === 'h1'
          ? 'h1'
          : this.#lead
            ? (['caption', 'credit'] as const).find((one) => classes.includes(one))
            : SHOWN.find((one) => classes.includes(one))
      if (wanted !== undefined && !this.#texts.has(wanted)) this.#field = { name: wanted, depth, text: '' }
    }
  }

  ontext(text: string): void {
    if (this.#field) this.#field.text += text
  }

  onclosetag(name: string): void {
    if (VOID.has(name)) return
    this.#open.pop()
    const depth = this.#open.length
    if (this.#body?.depth === depth) {
      this.#bodyHtml = this.#html.slice(this.#body.from, this.parser?.startIndex ?? this.#body.from)
      this.#body = null
    }
    if (this.#field?.depth === depth) {
      this.#texts.set(this.#field.name, this.#field.text)
      this.#field = null
    }
    if (this.#lead?.depth === depth) {
      this.#leadImage = this.#lead.image
      this.#lead = null
    }
    if (this.#article === depth) this.#article = -2
  }

  story(): OwnStory | null {
    const facts = this.#facts
    if (facts === null || this.#bodyHtml === null) return null
    const text = (name: Shown): string => this.#texts.get(name) ?? ''
    const lead = this.#leadImage
    const { times, ...told } = facts
    const fields: FieldsPatch = {
      ...NOTHING,
      headline: text('h1'),
      standfirst: text('standfirst'),
      kicker: text('kicker'),
      byline: text('author'),
      section: text('section'),
      dateline: text('dateline'),
      source: text('source'),
      ...(Language.safeParse(this.#language).success && { language: this.#language }),
      leadImage: lead && useOf(lead, text('caption'), text('credit')),
      ...told
    }
    return { fields, times: times ?? {}, body: withPictures(blocksOfOwnHtml(this.#bodyHtml), this.#bodyPictures) }
  }
}

const VOID = new Set(['br', 'img', 'meta', 'link', 'hr', 'input', 'source', 'wbr'])

/** The values for a page without these. */
const NOTHING = {
  slug: fieldDefaults.slug,
  wire: fieldDefaults.wire,
  headlineShort: fieldDefaults.headlineShort,
  headlineSeo: fieldDefaults.headlineSeo,
  headlineSocial: fieldDefaults.headlineSocial,
  authors: [],
  keywords: [],
  mediaTopics: [],
  corrections: [],
  related: []
}

function factsOf(json: string): PageFacts | null {
  try {
    return PageFacts.safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}

function useOf(image: Readonly<Record<string, string>>, caption: string, credit: string): ImageUse {
  return {
    mediaId: pictureNamed(image[PICTURE_ATTRIBUTE]),
    caption,
    credit,
    alt: image['alt'] ?? '',
    focalPoint: focalPointOf(image['data-focal-point'])
  }
}

function focalPointOf(value = ''): ImageUse['focalPoint'] {
  const [x, y] = value.split(' ').map(Number)
  const isFraction = (part: number | undefined): part is number => part !== undefined && part >= 0 && part <= 1
  return isFraction(x) && isFraction(y) ? { x, y } : null
}

/** Gives the body's pictures, in order, their ids and focal points. */
function withPictures(blocks: readonly Block[], images: readonly Record<string, string>[]): StoredBody {
  let next = 0
  return {
    version: DOCUMENT_VERSION,
    blocks: blocks.map((block) => {
      if (block.type !== 'image') return block
      const found = images[next++]
      const { caption, credit } = block['image'] as ImageUse
      return found ? ({ ...block, image: useOf(found, caption, credit) } as Block) : block
    })
  }
}
