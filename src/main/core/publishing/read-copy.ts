import type { OnlyThere } from '../../../shared/contract/publishing.ts'
import { textToHtml } from '../../../shared/document/blocks/markup.ts'
import { contentKey } from '../../../shared/document/diff/content-key.ts'
import { pairBlocks, type Pair } from '../../../shared/document/diff/pair-blocks.ts'
import { isKnown, partsOfBlock, type Block, type BlockId } from '../../../shared/document/document.ts'
import { blocksOfHtml } from '../../../shared/document/from-html/blocks-of-html.ts'
import { emptyImageUse, type ImageUse, type MediaId } from '../../../shared/document/image-use.ts'
import { picturesOfBlock } from '../../../shared/document/pictures.ts'
import { fitting } from '../../../shared/document/text.ts'
import { blockToText } from '../../../shared/document/to-text.ts'
import { correctionsAt } from '../../../shared/story/corrections.ts'
import { isSlot } from '../../../shared/story/pictures.ts'
import { StoryFields, type Correction } from '../../../shared/story/fields.ts'
import type { Copy } from '../../../shared/story/merge.ts'
import type { Driver } from './targets/driver.ts'
import type { CopyThere, LeadThere, Reference } from './targets/target.ts'

export interface ReadCopyOptions {
  readonly there: CopyThere
  /** The version last seen there. */
  readonly base: Copy
  readonly htmlOf: Driver['htmlOf']
  /** The picture of ours that left as this rendition. */
  readonly original: (rendition: MediaId) => MediaId
  /** The renditions known to be there. */
  readonly pictures: readonly { readonly rendition: MediaId; readonly reference: Reference }[]
  /** The rendition as which a picture leaves. */
  readonly renditionOf: (id: MediaId) => MediaId
  /** Ids for new blocks, the same for the same version. */
  readonly newId: (at: number) => BlockId
}

/** A line of the base as it reads on a page: from a block, or from what surrounds the body. */
interface Line {
  readonly block: Block
  readonly of: { readonly kind: 'block'; readonly at: number } | Around
}

/** The byline or a correction. A page may show one in several lines. */
type Around = { readonly lines: number } & (
  { readonly kind: 'byline' } | { readonly kind: 'correction'; readonly it: Correction }
)

/**
 * Reads what a CMS shows as copy of ours. A block that reads there as the base does is the base's own, including what
 * that kind of CMS cannot store; one that reads differently keeps its id. Whatever else the CMS has is listed.
 */
export function readCopy(options: ReadCopyOptions): { readonly copy: Copy; readonly onlyThere: readonly OnlyThere[] } {
  const { there, base } = options
  const left: OnlyThere[] = [...there.onlyThere]
  const picture = (name: string): void => void left.push({ id: '', kind: 'picture', name: name.slice(0, 200) })
  const fields = StoryFields.parse({ ...base.fields, ...there.fields, times: base.fields.times })
  if (there.fields.leadImage && fields.leadImage)
    fields.leadImage = { ...fields.leadImage, ...knownId(fields.leadImage, options.original) }
  if (there.lead !== undefined) fields.leadImage = leadOf(there.lead, options, picture)

  const lines = linesOf(options)
  const read = readBlocks(options)
  const isAsSent = asSent(options, lines, read)
  const pairs = new Map(
    pairBlocks(
      lines.map(({ block }) => block),
      read
    ).map((pair) => [pair.after, isAsSent(pair) ? { ...pair, isSame: true } : pair])
  )
  const blocks: Block[] = []
  const shown = new Set<number>()
  const around = new Map<Around, { readonly texts: string[]; same: number }>()
  const wholes = wholeBlocks(lines, [...pairs.values()])
  for (const [at, block] of read.entries()) {
    const pair = pairs.get(at)
    const of = pair && lines[pair.before]?.of
    const isElsewhere = isKnown(block) && block.type === 'image' && block.image.mediaId === null
    if (isElsewhere) picture(nameOf(block.image))
    if (of && of.kind !== 'block') {
      const known = around.get(of) ?? { texts: [], same: 0 }
      known.texts.push(blockToText(block))
      if (pair?.isSame) known.same += 1
      around.set(of, known)
    } else if (of) {
      const own = base.body.blocks[of.at]
      if (!own) continue
      const isFirst = !shown.has(of.at)
      shown.add(of.at)
      // If another picture replaced ours there, ours is all we have here.
      if (wholes.has(of.at) || isElsewhere) {
        if (isFirst) blocks.push(own)
      } else blocks.push(isFirst ? inPlaceOf(own, block) : { ...block, id: options.newId(at) })
    } else if (!isElsewhere) blocks.push({ ...block, id: options.newId(at) })
  }
  if (there.hasLines) {
    const notices: Correction[] = []
    fields.byline = ''
    for (const [of, { texts, same }] of around) {
      const text = same === of.lines && texts.length === same ? null : fitting(texts.join('\n\n'))
      if (of.kind === 'byline') fields.byline = text ?? base.fields.byline
      else notices.push(text === null ? of.it : { ...of.it, text })
    }
    const all = notices.toSorted((one, other) => order(base, one) - order(base, other))
    const isSame =
      all.length === base.fields.corrections.length && all.every((one, n) => one === base.fields.corrections[n])
    fields.corrections = isSame ? base.fields.corrections : all
  }
  const unseen = new Set(base.body.blocks.keys())
  for (const { of } of lines) if (of.kind === 'block') unseen.delete(of.at)
  return {
    copy: { fields, body: { ...base.body, blocks: withUnseen(base.body.blocks, blocks, unseen) } },
    onlyThere: left.map((one, n) => ({ ...one, id: `left:${n}` }))
  }
}

/** The base as it reads on a page of that CMS. */
function linesOf({ base, there, htmlOf, renditionOf }: ReadCopyOptions): Line[] {
  const isOurForm = 'blocks' in there.body
  const around = (text: string, what: { kind: 'byline' } | { kind: 'correction'; it: Correction }): Line[] => {
    const blocks = blocksOfHtml(`<p>${textToHtml(text)}</p>`)
    const of = { ...what, lines: blocks.length }
    return blocks.map((block) => ({ block, of }))
  }
  const body = base.body.blocks.flatMap((block, at): Line[] => {
    const of = { kind: 'block', at } as const
    // An empty slot never left the desk.
    if (isOurForm) return isSlot(block) ? [] : [{ block, of }]
    const html = htmlOf(block, {
      picture: ({ mediaId }) =>
        mediaId === null ? undefined : { src: PLACE + renditionOf(mediaId), width: 800, height: 600 }
    })
    return blocksOfHtml(html).map((read) => ({ block: withIds(read, (address) => idAt(address, block)), of }))
  })
  if (!there.hasLines) return body
  const { byline, corrections } = base.fields
  const notices = (place: 'top' | 'bottom'): Line[] =>
    correctionsAt(corrections, place).flatMap((it) => around(it.text, { kind: 'correction', it }))
  return [...around(byline, { kind: 'byline' }), ...notices('top'), ...body, ...notices('bottom')]
}

/**
 * Whether a block of another build is there as it was sent. An earlier build may have sent its words with marks and
 * links, of which this one sends none.
 */
function asSent(
  { base, there }: ReadCopyOptions,
  lines: readonly Line[],
  read: readonly Block[]
): (pair: Pair) => boolean {
  const sent = 'html' in there.body ? there.body.sent : null
  if (sent === null) return () => false
  const keys = new Set(blocksOfHtml(sent).map(contentKey))
  return ({ before, after }) => {
    const [line, block] = [lines[before], read[after]]
    if (!line || !block || line.of.kind !== 'block') return false
    const own = base.body.blocks[line.of.at]
    if (!own || isKnown(own)) return false
    return blockToText(line.block) === blockToText(block) && keys.has(contentKey(block))
  }
}

/** Represents the address of a picture that is not known to be there. */
const PLACE = 'https://galley.invalid/'

/** For a block with one picture, that picture's id; with several, an address alone does not tell which. */
function idAt(address: string, block: Block): MediaId | null {
  const uses = picturesOfBlock(block)
  return address.startsWith(PLACE) ? (uses[0]?.mediaId ?? null) : null
}

function readBlocks({ there, original, pictures }: ReadCopyOptions): Block[] {
  if ('blocks' in there.body)
    return there.body.blocks.map((block) =>
      partsOfBlock(block).withPictures(block, (use) => ({ ...use, ...knownId(use, original) }))
    )
  const known = new Map(
    pictures.flatMap(({ rendition, reference }) =>
      reference.address === null ? [] : [[placeOf(reference.address), original(rendition)] as const]
    )
  )
  return blocksOfHtml(there.body.html).map((block) => withIds(block, (address) => known.get(placeOf(address)) ?? null))
}

function withIds(block: Block, idOf: (address: string) => MediaId | null): Block {
  return partsOfBlock(block).withPictures(block, (use) => {
    const mediaId = use.address === undefined ? null : idOf(use.address)
    if (mediaId === null) return use
    const { address: _address, ...rest } = use
    return { ...rest, mediaId }
  })
}

function knownId({ mediaId }: ImageUse, original: (rendition: MediaId) => MediaId): Pick<ImageUse, 'mediaId'> {
  return { mediaId: mediaId === null ? null : original(mediaId) }
}

/** Sites show a picture in several sizes and on several hosts. */
function placeOf(address: string): string {
  const path = URL.canParse(address) ? new URL(address).pathname : address
  return path.replace(/-\d{1,5}x\d{1,5}(?=\.[a-z0-9]{2,5}$)/i, '').replace(/\/size\/w\d{1,5}(?:h\d{1,5})?\//, '/')
}

/** Blocks of which every line is there unchanged. */
function wholeBlocks(lines: readonly Line[], pairs: readonly { before: number; isSame: boolean }[]): Set<number> {
  const same = new Set(pairs.filter(({ isSame }) => isSame).map(({ before }) => before))
  const [whole, broken] = [new Set<number>(), new Set<number>()]
  for (const [at, { of }] of lines.entries()) if (of.kind === 'block') (same.has(at) ? whole : broken).add(of.at)
  for (const at of broken) whole.delete(at)
  return whole
}

/** What no page can represent stays as it is. */
function inPlaceOf(own: Block, read: Block): Block {
  if (isKnown(own) && isKnown(read) && own.type === 'image' && read.type === 'image') {
    const { mediaId, alt } = read.image
    return { ...own, image: { ...own.image, mediaId, alt, ...captionOf(own.image, read.image) } }
  }
  const { dir, lang } = own as { dir?: unknown; lang?: unknown }
  return { ...(dir !== undefined && { dir }), ...(lang !== undefined && { lang }), ...read, id: own.id } as Block
}

/** If there is only one place for both, the credit is in brackets after the caption. */
function captionOf(own: ImageUse, read: Pick<ImageUse, 'caption' | 'credit'>): Pick<ImageUse, 'caption' | 'credit'> {
  const behind = `(${own.credit})`
  if (read.credit !== '' || own.credit === '' || !read.caption.trimEnd().endsWith(behind))
    return { caption: read.caption, credit: read.credit }
  return { caption: read.caption.trimEnd().slice(0, -behind.length).trimEnd(), credit: own.credit }
}

function leadOf(
  lead: LeadThere | null,
  { base, pictures, original }: ReadCopyOptions,
  only: (name: string) => void
): ImageUse | null {
  const own = base.fields.leadImage
  // An empty slot is only for the desk and was never there.
  if (lead === null) return own?.mediaId ? null : own
  const known = pictures.find(
    ({ reference }) =>
      (lead.remoteId !== undefined && reference.remoteId === lead.remoteId) ||
      (lead.address !== undefined && reference.address !== null && placeOf(reference.address) === placeOf(lead.address))
  )
  if (!known) {
    only(lead.words?.caption || lead.words?.alt || lead.address || `#${lead.remoteId ?? ''}`)
    return own
  }
  const mediaId = original(known.rendition)
  const use = own?.mediaId === mediaId ? own : emptyImageUse(mediaId)
  if (!lead.words) return use
  const caption = blocksOfHtml(lead.words.caption).map(blockToText).join(' ')
  const told = captionOf(use, { caption, credit: '' })
  const isSame = told.caption === use.caption && told.credit === use.credit && lead.words.alt === use.alt
  return isSame ? use : { ...use, alt: lead.words.alt, ...told }
}

function nameOf({ caption, alt, address = '' }: ImageUse): string {
  return caption || alt || address
}

/** The position in the base; a correction has a single place there. */
function order({ fields }: Copy, { at, place }: Correction): number {
  const known = fields.corrections.findIndex((one) => one.at === at && one.place === place)
  return known < 0 ? fields.corrections.length : known
}

/** Blank paragraphs and slots, which no page shows, are put back after the block they followed. */
function withUnseen(base: readonly Block[], blocks: readonly Block[], unseen: ReadonlySet<number>): Block[] {
  const all = [...blocks]
  for (const [at, block] of base.entries()) {
    if (!unseen.has(at)) continue
    let behind = -1
    for (let before = at - 1; before >= 0 && behind < 0; before -= 1) {
      const { id } = base[before] ?? block
      behind = all.findIndex((one) => one.id === id)
    }
    all.splice(behind + 1, 0, block)
  }
  return all
}
