import {
  $getSelection,
  $isRangeSelection,
  HISTORY_MERGE_TAG,
  HISTORY_PUSH_TAG,
  PASTE_TAG,
  SKIP_DOM_SELECTION_TAG,
  type EditorState,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey
} from 'lexical'
import { newBlockId, type Block } from '../../../shared/document/document.ts'
import { HtmlReader, type LeftOut } from '../../../shared/document/from-html/html-reader.ts'
import { emptyImageUse } from '../../../shared/document/image-use.ts'
import type { Run } from '../../../shared/document/runs.ts'
import { $createBlock } from '../document-codec.ts'
import { $leafOf } from '../block-commands.ts'
import { $insertBlocks, $insertRuns, $leaveLine, $linkShown } from './insert-blocks.ts'
import type { BodyHistory } from '../history.ts'
import { areSameNodes } from '../lexical-internals.ts'
import { Pace } from './pace.ts'
import { EDGE_BLOCKS, PasteGap } from './paste-gap.ts'
import { isPicture, storedBlock, type PastedBlock, type PastedPicture } from './pasted-blocks.ts'
import { blocksOfPlainText } from './plain-import.ts'

export interface PasteProgress {
  /** Blocks inserted so far, of `total`; a total of 0 means that the text is still being read. */
  readonly done: number
  readonly total: number
}

export interface PasteJobOptions {
  readonly onProgress: ((progress: PasteProgress | null) => void) | undefined
  readonly onPictures: ((pictures: readonly PastedPicture[]) => void) | undefined
  /** Parts of the page are not copy and were left out. */
  readonly onLeftOut: ((leftOut: LeftOut) => void) | undefined
  readonly onError: (error: unknown) => void
  readonly history: Pick<BodyHistory, 'takeBack' | 'hold' | 'release'>
  readonly chunkSize: number | null
}

/** A long paste under way, in slices: keys and frames get their turn in between. */
type Goes = Generator<undefined, void>

/** Up to this size a paste is done at once, within the event. */
const SMALL_HTML = 60_000
const SMALL_BLOCKS = 120
/** Characters read between two checks of the clock. */
const CHARACTERS_AT_ONCE = 16_000
/** Blocks inserted to measure what one costs. */
const BLOCKS_TO_LEARN = 80

/**
 * Inserts what was pasted: at once if it is short, otherwise in slices between which keys and frames get their turn.
 * Either way it is one undo step.
 */
export class PasteJob {
  readonly #lexical: LexicalEditor
  readonly #options: PasteJobOptions
  #running: { readonly goes: Goes; cancelled: boolean } | null = null

  constructor(lexical: LexicalEditor, options: PasteJobOptions) {
    this.#lexical = lexical
    this.#options = options
  }

  insertRuns(runs: readonly Run[]): void {
    this.#update(() => $insertRuns(runs), true)
  }

  /** Links the selected words of a line to a pasted address. Returns false if no such words are selected. */
  link(href: string): boolean {
    const selection = $getSelection()
    if (!$isRangeSelection(selection) || selection.isCollapsed()) return false
    const leaves = [selection.anchor, selection.focus].map((point) => $leafOf(point.getNode()))
    if (!leaves[0]?.is(leaves[1]) || selection.getTextContent().trim() === '') return false
    // Pasted over another address, it replaces it.
    if (/^\s*(?:https?:\/\/|mailto:)\S+\s*$/i.test(selection.getTextContent())) return false
    this.#update(() => $linkShown(href), true)
    return true
  }

  /** Inserts pictures that came as files; `alts` has their alt texts, if the page gives any. */
  insertFiles(files: readonly File[], alts: readonly string[] = []): void {
    const { onPictures } = this.#options
    if (!onPictures) return
    const pictures = files.map((file, index) => ({ id: newBlockId(), file, alt: alts[index] ?? '' }))
    this.#update(() => {
      $leaveLine()
      $insertBlocks(
        pictures.map(({ id, alt }) => $createBlock({ id, type: 'image', image: { ...emptyImageUse(), alt } }))
      )
    }, true)
    onPictures(pictures)
  }

  /**
   * Reads HTML and inserts it. If nothing in it is readable, the accompanying plain text is used; if it has pictures
   * but no words, as browsers write it for "Copy image", the accompanying files are.
   */
  import(html: string, plain: string, files: readonly File[]): void {
    void this.#run(this.#import(html, plain, files))
  }

  insert(blocks: readonly PastedBlock[]): void {
    void this.#run(this.#insert(blocks, new Pace(), true))
  }

  /** Cancels a paste under way and takes back what it inserted. Returns whether there was one. */
  cancel(): boolean {
    if (!this.#running) return false
    this.#running.cancelled = true
    return true
  }

  /** Inserts at once what is still to come: before the text is stored as a whole, replaced or left. */
  finish(): void {
    const run = this.#running
    if (!run) return
    try {
      while (!run.goes.next().done);
    } catch (error) {
      this.#options.onError(error)
    } finally {
      this.#over(run)
    }
  }

  async #run(goes: Goes): Promise<void> {
    if (this.#running) {
      // One at a time; the rest of the previous paste must be inserted outside the update in which this paste's event
      // runs.
      await Promise.resolve()
      this.finish()
    }
    const run = { goes, cancelled: false }
    try {
      if (goes.next().done) return
      this.#running = run
      this.#options.onProgress?.({ done: 0, total: 0 })
      // The paste is a command and runs inside an update; whatever is inserted there would all be one update with it.
      await Promise.resolve()
      while (!goes.next().done) await breath()
    } catch (error) {
      this.#options.onError(error)
    } finally {
      this.#over(run)
    }
  }

  #over(run: unknown): void {
    if (this.#running !== run) return
    this.#running = null
    this.#options.onProgress?.(null)
  }

  *#import(html: string, plain: string, files: readonly File[]): Goes {
    const isSmall = html.length <= SMALL_HTML
    const pace = new Pace()
    const reader = new HtmlReader(html)
    while (!reader.step(isSmall ? Infinity : CHARACTERS_AT_ONCE)) {
      if (!pace.isSpent) continue
      yield
      if (this.#running?.cancelled) return
      pace.begin()
    }
    if (reader.leftOut.comments > 0) this.#options.onLeftOut?.(reader.leftOut)
    const pictures = reader.blocks.filter(isPicture)
    // Beside a picture, browsers write its alt text or address as the plain text.
    const isPictures = pictures.length === reader.blocks.length && (pictures.length > 0 || plain.trim() === '')
    if (files.length > 0 && isPictures) {
      const alts = pictures.length === files.length ? pictures.map(({ alt }) => alt) : []
      this.insertFiles(files, alts)
      return
    }
    const blocks: readonly PastedBlock[] = reader.blocks.length > 0 ? reader.blocks : blocksOfPlainText(plain)
    const [only] = blocks
    // Part of a line rather than a block: it flows into the line it lands in.
    if (blocks.length === 1 && only?.type === 'paragraph' && !('dir' in only))
      this.insertRuns(only.runs as readonly Run[])
    else yield* this.#insert(blocks, pace, isSmall)
  }

  *#insert(read: readonly PastedBlock[], pace: Pace, isSmall: boolean): Goes {
    // The first block may replace an empty one and take over its id; the others get ids of their own.
    const blocks: Block[] = []
    const pictures: PastedPicture[] = []
    for (const [index, one] of read.entries()) {
      const { block, picture } = storedBlock(one, index === 0 ? '' : newBlockId())
      blocks.push(block)
      if (picture) pictures.push(picture)
      if (isSmall || !pace.isSpent) continue
      yield
      if (this.#running?.cancelled) return
      pace.begin()
    }
    const create = (from: number, to: number) => blocks.slice(from, to).map($createBlock)
    if (blocks.length <= SMALL_BLOCKS) {
      this.#update(() => {
        $insertBlocks(create(0, blocks.length))
      }, true)
    } else if (!(yield* this.#grow(blocks.length, create, pace))) return
    if (pictures.length > 0) this.#options.onPictures?.(pictures)
  }

  /** Inserts many blocks in several steps. Returns whether all of them were inserted. */
  *#grow(
    total: number,
    create: (from: number, to: number) => LexicalNode[],
    pace: Pace
  ): Generator<undefined, boolean> {
    const { history, onProgress } = this.#options
    const gap = new PasteGap(this.#options.chunkSize)
    const end = total - EDGE_BLOCKS
    yield
    let isAlone = true
    let isThere = true
    let ownState = this.#put(gap, () => {
      const head = create(0, EDGE_BLOCKS)
      const foot = create(end, total)
      gap.$open(head, foot)
      return [...head, ...foot]
    })
    // What is typed meanwhile belongs to the same step: undoing only that would leave part of the paste.
    history.hold()
    try {
      for (let done = EDGE_BLOCKS; done < end && isThere;) {
        if (pace.isSpent) {
          onProgress?.({ done: done + EDGE_BLOCKS, total })
          yield
          pace.begin()
          if (!areSameNodes(this.#lexical.getEditorState(), ownState)) isAlone = false
          if (this.#running?.cancelled) {
            this.#takeBack(gap, isAlone)
            return false
          }
        }
        const from = done
        // A remainder too small for a slice of its own is included.
        done = Math.min(end, from + pace.pieces(BLOCKS_TO_LEARN))
        if (end - done < EDGE_BLOCKS) done = end
        pace.work(done - from, () => {
          ownState = this.#put(gap, () => {
            const nodes = create(from, done)
            isThere = gap.$add(nodes)
            return nodes
          })
        })
      }
    } finally {
      history.release()
    }
    return isThere
  }

  /**
   * One update of a long paste. Only the first that inserts something places the caret; the others need not redraw it.
   */
  #put(gap: PasteGap, change: () => readonly LexicalNode[]): EditorState {
    let keys: NodeKey[] = []
    this.#update(() => {
      keys = change().map((node) => node.getKey())
    }, !gap.isOpen)
    const state = this.#lexical.getEditorState()
    gap.placed(keys, state)
    return state
  }

  #takeBack(gap: PasteGap, isAlone: boolean): void {
    if (isAlone) return this.#options.history.takeBack()
    // Something was written meanwhile: it stays, and only what was pasted is removed.
    this.#lexical.update(() => gap.$takeBack(), { discrete: true, tag: HISTORY_MERGE_TAG })
  }

  #update(change: () => void, isFirst: boolean): void {
    this.#lexical.update(
      change,
      isFirst
        ? { discrete: true, tag: [PASTE_TAG, HISTORY_PUSH_TAG] }
        : // Whole chunks of blocks that have ids: transforms would find nothing to fix.
          { discrete: true, skipTransforms: true, tag: [HISTORY_MERGE_TAG, SKIP_DOM_SELECTION_TAG] }
    )
  }
}

/** Lets input, layout and paint have their turn. */
function breath(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0)
  })
}
