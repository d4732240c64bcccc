import type { ImageBlock } from '../document/blocks/image/image.ts'
import type { ImageUse } from '../document/image-use.ts'
import { fold } from './plain.ts'

const LIMITS = { caption: 10_000, alt: 5000, credit: 1000 } as const
type Field = keyof typeof LIMITS

/** Collects the pictures that a page mentions: adjacent alternative text, caption and credit belong to one picture. */
export class PictureSlots {
  readonly #slots: Slot[] = []
  #open: Slot | null = null

  /** Adds words to the current picture, or starts another. False if they do not fit. */
  put(
    field: Field,
    words: string,
    at: { readonly line: number; readonly block: number; readonly continues: boolean }
  ): boolean {
    if (words.length > LIMITS[field]) return false
    let slot = this.#open
    if (slot && !at.continues && !takes(slot, field, words)) slot = null
    if (!slot) {
      slot = { line: at.line, block: at.block, alt: '', caption: '', credit: '' }
      this.#slots.push(slot)
    }
    this.#open = slot
    if (field === 'credit' && fold(slot.credit) === fold(words)) return true
    const joined = slot[field] === '' ? words : `${slot[field]}${field === 'credit' ? ' / ' : ' '}${words}`
    if (joined.length > LIMITS[field]) return false
    slot[field] = joined
    return true
  }

  /** The current picture has all its words. */
  close(): void {
    this.#open = null
  }

  /**
   * The lead picture and the others, each with the number of blocks before it. The lead is above the body or among its
   * first paragraphs; a picture below the story is the lead if there is no other.
   */
  settle(blocks: number): {
    readonly lead: ImageUse | null
    readonly inline: readonly { readonly before: number; readonly block: ImageBlock }[]
  } {
    const lead =
      this.#slots.find(({ block }) => block <= LEAD_WITHIN) ?? this.#slots.find(({ block }) => block >= blocks)
    const inline = this.#slots
      .filter((slot) => slot !== lead)
      .map((slot) => ({
        before: slot.block,
        block: { id: `in${String(slot.line)}`, type: 'image' as const, image: toImage(slot) }
      }))
    return { lead: lead ? toImage(lead) : null, inline }
  }
}

/** A picture after the first or second paragraph is still the story's lead picture. */
const LEAD_WITHIN = 2

interface Slot {
  readonly line: number
  /** How many blocks of the body come before it. */
  readonly block: number
  alt: string
  caption: string
  credit: string
}

function takes(slot: Slot, field: Field, words: string): boolean {
  if (field === 'alt') return slot.alt === '' && slot.caption === ''
  if (field === 'caption') return slot.caption === ''
  return slot.credit.length + words.length + 3 <= LIMITS.credit
}

function toImage({ caption, credit, alt }: Slot): ImageUse {
  return { mediaId: null, caption, credit, alt, focalPoint: null }
}
