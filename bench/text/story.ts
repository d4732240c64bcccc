import { createRandom, type Random } from './random.ts'

/** A stretch of text of one kind; what every editor's own format is made from. */
export interface Piece {
  readonly text: string
  readonly bold?: true
  readonly href?: string
}
export type BenchBlock =
  | { readonly kind: 'paragraph' | 'heading'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'picture'; readonly number: number; readonly alt: string }

export const PICTURES = 20

/**
 * News-like text of about `words` words: paragraphs of about 45, a subhead before every twelfth, a bold stretch in
 * every third paragraph, a link in every fourth, and up to 20 pictures spread evenly, never more than one in five
 * paragraphs.
 */
export function makeStory(words: number, seed: number): BenchBlock[] {
  const random = createRandom(seed)
  const paragraphs = Math.max(1, Math.round(words / 45))
  const pictures = Math.min(PICTURES, Math.floor(paragraphs / 5))
  const pictureEvery = pictures > 0 ? Math.floor(paragraphs / pictures) : Number.POSITIVE_INFINITY
  const blocks: BenchBlock[] = []
  for (let at = 0, placed = 0; at < paragraphs; at++) {
    if (at % 12 === 0)
      blocks.push({ kind: 'heading', pieces: [{ text: capital(phrase(random, 4 + random.below(4))) }] })
    blocks.push({ kind: 'paragraph', pieces: paragraph(random, at) })
    if (at % pictureEvery === 2 && placed < pictures) {
      blocks.push({ kind: 'picture', number: placed, alt: capital(phrase(random, 6)) })
      placed += 1
    }
  }
  return blocks
}

export function toHtml(blocks: readonly BenchBlock[]): string {
  return blocks
    .map((block) => {
      if (block.kind === 'picture') return `<p><img src="/picture/${block.number}.png" alt="${block.alt}"></p>`
      const tag = block.kind === 'heading' ? 'h2' : 'p'
      return `<${tag}>${block.pieces.map(pieceToHtml).join('')}</${tag}>`
    })
    .join('\n')
}

export function toPlainText(blocks: readonly BenchBlock[]): string {
  return blocks
    .map((block) => (block.kind === 'picture' ? `[${block.alt}]` : block.pieces.map((piece) => piece.text).join('')))
    .join('\n\n')
}

/** HTML of about `bytes` bytes, as a browser puts a news page on the clipboard; its last paragraph is `end`. */
export function makePaste(bytes: number, seed: number, end: string): string {
  const perWord = 7.4
  const html = toHtml(makeStory(bytes / perWord, seed).filter((block) => block.kind !== 'picture'))
  return `${html.slice(0, html.lastIndexOf('\n', bytes) >>> 0)}\n<p>${end}</p>`
}

function pieceToHtml(piece: Piece): string {
  const inner = piece.bold ? `<strong>${piece.text}</strong>` : piece.text
  return piece.href ? `<a href="${piece.href}">${inner}</a>` : inner
}

function paragraph(random: Random, at: number): Piece[] {
  const length = 34 + random.below(23)
  const sentences: string[] = []
  for (let words = 0; words < length;) {
    const size = Math.min(length - words, 8 + random.below(14))
    sentences.push(`${capital(phrase(random, Math.max(3, size)))}.`)
    words += Math.max(3, size)
  }
  const text = sentences.join(' ')
  const third = cut(text, 0.33)
  const twoThirds = cut(text, 0.6)
  const pieces: Piece[] = [{ text: text.slice(0, third) }]
  const middle = text.slice(third, twoThirds)
  if (at % 3 === 1) pieces.push({ text: middle, bold: true })
  else if (at % 4 === 2) pieces.push({ text: middle, href: `https://example.org/news/${at}` })
  else pieces[0] = { text: text.slice(0, twoThirds) }
  pieces.push({ text: text.slice(twoThirds) })
  return pieces
}

function cut(text: string, part: number): number {
  const space = text.indexOf(' ', Math.floor(text.length * part))
  return space < 0 ? text.length : space
}

function phrase(random: Random, words: number): string {
  const out: string[] = []
  for (let at = 0; at < words; at++) out.push(random.pick(at % 2 === 0 ? LINKING : at % 4 === 1 ? NOUNS : VERBS))
  return out.join(' ')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const NOUNS = (
  'council bridge minister ferry harbour budget hospital teachers union inquiry river committee railway storm election drought vaccine orchestra ' +
  'parliament court witness airline refinery museum festival goalkeeper engineers farmers residents investors regulator prosecutor evidence contract tunnel ' +
  'reservoir ballot coalition ceasefire convoy shipment currency turbine satellite archive corridor neighbourhood generation apprentices'
).split(' ')
const VERBS = (
  'approved delayed warned announced reopened rejected questioned promised repaired flooded counted published withdrew signed crossed measured ' +
  'cancelled defended postponed completed inspected welcomed criticised negotiated estimated confirmed denied rebuilt launched suspended'
).split(' ')
const LINKING = (
  'the a after before because while its their under against between more than in on of that which two several last next local national a further ' +
  'every without across during despite about according to new former'
).split(' ')
