import {
  HISTORY_MERGE_TAG,
  HISTORY_PUSH_TAG,
  PASTE_TAG,
  SKIP_DOM_SELECTION_TAG,
  type EditorState,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey
} from 'lexical'
import { newBlockId, type Block, type BlockId } from '../../../shared/document/document.ts'
import { emptyImageUse } from '../../../shared/document/image-use.ts'
import type { Run } from '../../../shared/document/runs.ts'
import { $createBlock } from '../document-codec.ts'
import { $insertBlocks, $insertRuns, $leaveLine } from './insert-blocks.ts'
import type { HtmlImport, ImportedBlock } from './html-import.ts'
import type { BodyHistory } from '../history.ts'
import { areSameNodes } from '../lexical-internals.ts'
import { Pace } from './pace.ts'
import { EDGE_BLOCKS, PasteGap } from './paste-gap.ts'
import { blocksOfPlainText } from './plain-import.ts'

export interface PasteProgress {
  /** Blocks in the story so far, of `total`; a total of 0 says the text is still being read. */
  readonly done: number
  readonly total: number
}

export interface PastedPicture {
  /** The image block that waits for it. */
  readonly id: BlockId
  readonly file: File
}

export interface PasteJobOptions {
  readonly onProgress: ((progress: PasteProgress | null) => void) | undefined
  readonly onPictures: ((pictures: readonly PastedPicture[]) => void) | undefined
  readonly onError: (error: unknown) => void
  readonly history: Pick<BodyHistory, 'takeBack' | 'hold' | 'release'>
  readonly chunkSize: number | null
}

/** A long paste under way, a go at a time: between two goes keys and frames have their turn. */
type Goes = Generator<undefined, void>

/** Up to here a paste is done at once, within the event. */
const SMALL_HTML = 60_000
const SMALL_BLOCKS = 120
/** Nodes read between two looks at the clock. */
const NODES_AT_ONCE = 500
/** Blocks put in to learn what one costs. */
const BLOCKS_TO_LEARN = 80

/**
 * Brings what was pasted into the body: a little at once, a lot in slices between which keys and frames get their turn.
 * One undo step either way.
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

  insertFiles(files: readonly File[]): void {
    const { onPictures } = this.#options
    if (!onPictures) return
    const pictures = files.map((file) => ({ id: newBlockId(), file }))
    this.#update(() => {
      $leaveLine()
      $insertBlocks(pictures.map(({ id }) => $createBlock({ id, type: 'image', image: emptyImageUse() })))
    }, true)
    onPictures(pictures)
  }

  /** Reads HTML and puts it in. Text that has nothing readable in it falls back to the plain text that came with it. */
  import(html: string, start: (root: Node) => HtmlImport, plain: string): void {
    void this.#run(this.#import(html, start, plain))
  }

  insert(blocks: readonly (ImportedBlock | Block)[]): void {
    void this.#run(this.#insert(blocks, new Pace()))
  }

  /** Ends a paste under way and takes back what it put in. Answers whether there was one. */
  cancel(): boolean {
    if (!this.#running) return false
    this.#running.cancelled = true
    return true
  }

  /** Brings in at once what is still to come: before the text is stored as a whole, replaced, or left. */
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
      // One after the other, and the rest of the one before outside of the update that the event of this one runs in.
      await Promise.resolve()
      this.finish()
    }
    const run = { goes, cancelled: false }
    try {
      if (goes.next().done) return
      this.#running = run
      this.#options.onProgress?.({ done: 0, total: 0 })
      // The paste is a command and runs within an update; what is put in there would all be one update with it.
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

  *#import(html: string, start: (root: Node) => HtmlImport, plain: string): Goes {
    const isSmall = html.length <= SMALL_HTML
    const pace = new Pace()
    // A parsed document is inert: no script runs in it and nothing it names is fetched.
    const reader = start(new DOMParser().parseFromString(html, 'text/html').body)
    while (!reader.step(isSmall ? Infinity : NODES_AT_ONCE)) {
      if (!pace.isSpent) continue
      yield
      if (this.#running?.cancelled) return
      pace.begin()
    }
    const blocks: ImportedBlock[] = reader.blocks.length > 0 ? reader.blocks : blocksOfPlainText(plain)
    const [only] = blocks
    // A stretch of a line, not a block: it flows into the line it lands in.
    if (blocks.length === 1 && only?.type === 'paragraph') this.insertRuns(only.runs)
    else yield* this.#insert(blocks, pace)
  }

  *#insert(blocks: readonly (ImportedBlock | Block)[], pace: Pace): Goes {
    const pictures: PastedPicture[] = []
    const create = (from: number, to: number) =>
      blocks.slice(from, to).flatMap((block, index) => this.#$create(block, from + index > 0, pictures))
    if (blocks.length <= SMALL_BLOCKS)
      this.#update(() => {
        $insertBlocks(create(0, blocks.length))
      }, true)
    else if (!(yield* this.#grow(blocks.length, create, pace))) return
    if (pictures.length > 0) this.#options.onPictures?.(pictures)
  }

  /** Brings in many blocks, some at a time. Answers whether all of them came in. */
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
    // What is typed meanwhile is one step with it: an undo of that alone would leave a part of the paste.
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
        // What is too little for a slice of its own comes along.
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
   * One update of a long paste. Only the first that puts something in places the caret; for the rest it need not be
   * drawn again.
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
    // Something was written meanwhile: that stays, only what was pasted goes.
    this.#lexical.update(() => gap.$takeBack(), { discrete: true, tag: HISTORY_MERGE_TAG })
  }

  /** The first block may take the place of an empty one, and its id with it; the others come with theirs. */
  #$create(block: ImportedBlock | Block, hasId: boolean, pictures: PastedPicture[]): LexicalNode[] {
    const blockId = hasId ? newBlockId() : ''
    if (block.type !== 'picture' || !('picture' in block)) return [$createBlock({ ...block, id: blockId } as Block)]
    const { picture, caption } = block as Extract<ImportedBlock, { type: 'picture' }>
    const file = this.#options.onPictures ? fileOfDataUrl(picture.src) : null
    if (!file) {
      const words = [picture.alt, caption].filter(Boolean).join('\n')
      return words === '' ? [] : [$createBlock({ id: blockId, type: 'paragraph', runs: [{ text: words }] })]
    }
    const id = newBlockId()
    pictures.push({ id, file })
    return [
      $createBlock({
        id,
        type: 'image',
        image: { ...emptyImageUse(), caption: caption.slice(0, 10_000), alt: picture.alt.slice(0, 5000) }
      })
    ]
  }

  #update(change: () => void, isFirst: boolean): void {
    this.#lexical.update(
      change,
      isFirst
        ? { discrete: true, tag: [PASTE_TAG, HISTORY_PUSH_TAG] }
        : // Whole chunks of blocks with ids of their own: there is nothing for transforms to mend.
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

function fileOfDataUrl(src: string): File | null {
  const found = /^data:(image\/[a-z]+);base64,([A-Za-z0-9+/=\s]+)$/i.exec(src)
  if (!found?.[1] || !found[2]) return null
  try {
    const bytes = Uint8Array.from(atob(found[2]), (character) => character.charCodeAt(0))
    return new File([bytes], `pasted.${found[1].slice(6)}`, { type: found[1] })
  } catch {
    return null
  }
}
