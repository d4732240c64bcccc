import { HISTORY_MERGE_TAG, HISTORY_PUSH_TAG, PASTE_TAG, SKIP_DOM_SELECTION_TAG, type EditorState, type LexicalEditor, type LexicalNode, type NodeKey } from 'lexical'
import { newBlockId, type Block, type BlockId } from '../../../shared/document/document.ts'
import { emptyImageUse } from '../../../shared/document/image-use.ts'
import type { Run } from '../../../shared/document/runs.ts'
import { $createBlock } from '../document-codec.ts'
import { $insertBlocks, $insertRuns, $leaveLine } from './insert-blocks.ts'
import type { HtmlImport, ImportedBlock } from './html-import.ts'
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
  readonly undo: () => void
  readonly chunkSize: number | null
}

/** Up to here a paste is done at once, within the event. */
const SMALL_HTML = 60_000
const SMALL_BLOCKS = 120
/** Nodes read between two looks at the clock. */
const NODES_AT_ONCE = 500
/** Blocks put in to learn what one costs. */
const BLOCKS_TO_LEARN = 80

/** Brings what was pasted into the body: a little at once, a lot in slices between which keys and frames get their turn. One undo step either way. */
export class PasteJob {
  readonly #lexical: LexicalEditor
  readonly #options: PasteJobOptions
  #running: { cancelled: boolean } | null = null

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
  async import(html: string, start: (root: Node) => HtmlImport, plain: string): Promise<void> {
    const isSmall = html.length <= SMALL_HTML
    await this.#run(isSmall, async (run) => {
      // A parsed document is inert: no script runs in it and nothing it names is fetched.
      const pace = new Pace()
      const reader = start(new DOMParser().parseFromString(html, 'text/html').body)
      while (!reader.step(isSmall ? Infinity : NODES_AT_ONCE)) {
        if (!pace.isSpent) continue
        await pace.breath()
        if (run.cancelled) return
      }
      const blocks: ImportedBlock[] = reader.blocks.length > 0 ? reader.blocks : blocksOfPlainText(plain)
      const [only] = blocks
      // A stretch of a line, not a block: it flows into the line it lands in.
      if (blocks.length === 1 && only?.type === 'paragraph') return this.insertRuns(only.runs)
      await this.#insert(blocks, run, pace)
    })
  }

  async insert(blocks: readonly (ImportedBlock | Block)[]): Promise<void> {
    await this.#run(blocks.length <= SMALL_BLOCKS, (run) => this.#insert(blocks, run, new Pace()))
  }

  /** Ends a paste under way and takes back what it put in. Answers whether there was one. */
  cancel(): boolean {
    if (!this.#running) return false
    this.#running.cancelled = true
    return true
  }

  async #run(isSmall: boolean, work: (run: { cancelled: boolean }) => Promise<void>): Promise<void> {
    this.cancel()
    const run = { cancelled: false }
    if (!isSmall) {
      this.#running = run
      this.#options.onProgress?.({ done: 0, total: 0 })
    }
    try {
      await work(run)
    } catch (error) {
      this.#options.onError(error)
    } finally {
      if (this.#running === run) this.#running = null
      if (!isSmall) this.#options.onProgress?.(null)
    }
  }

  async #insert(blocks: readonly (ImportedBlock | Block)[], run: { cancelled: boolean }, pace: Pace): Promise<void> {
    const pictures: PastedPicture[] = []
    const create = (from: number, to: number) => blocks.slice(from, to).flatMap((block, index) => this.#$create(block, from + index > 0, pictures))
    if (blocks.length <= SMALL_BLOCKS) this.#update(() => { $insertBlocks(create(0, blocks.length)) }, true)
    else if (!await this.#grow(blocks.length, create, run, pace)) return
    if (pictures.length > 0) this.#options.onPictures?.(pictures)
  }

  /** Brings in many blocks, some at a time. Answers whether all of them came in. */
  async #grow(total: number, create: (from: number, to: number) => LexicalNode[], run: { cancelled: boolean }, pace: Pace): Promise<boolean> {
    const gap = new PasteGap(this.#options.chunkSize)
    const end = total - EDGE_BLOCKS
    // The paste is a command and runs within an update; what is put in there would all be one update with it.
    await Promise.resolve()
    let isAlone = true
    let isThere = true
    let ownState = this.#put(gap, () => {
      const head = create(0, EDGE_BLOCKS)
      const foot = create(end, total)
      gap.$open(head, foot)
      return [...head, ...foot]
    })
    for (let done = EDGE_BLOCKS; done < end && isThere; ) {
      if (pace.isSpent) {
        this.#options.onProgress?.({ done: done + EDGE_BLOCKS, total })
        await pace.breath()
        if (this.#lexical.getEditorState()._nodeMap !== ownState._nodeMap) isAlone = false
        if (run.cancelled) {
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
    return isThere
  }

  /** One update of a long paste. Only the first that puts something in places the caret; for the rest it need not be drawn again. */
  #put(gap: PasteGap, change: () => readonly LexicalNode[]): EditorState {
    let keys: NodeKey[] = []
    this.#update(() => { keys = change().map((node) => node.getKey()) }, !gap.isOpen)
    const state = this.#lexical.getEditorState()
    gap.placed(keys, state)
    return state
  }

  #takeBack(gap: PasteGap, isAlone: boolean): void {
    if (isAlone) return this.#options.undo()
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
    return [$createBlock({ id, type: 'image', image: { ...emptyImageUse(), caption: caption.slice(0, 10_000), alt: picture.alt.slice(0, 5000) } })]
  }

  #update(change: () => void, isFirst: boolean): void {
    this.#lexical.update(change, isFirst
      ? { discrete: true, tag: [PASTE_TAG, HISTORY_PUSH_TAG] }
      // Whole chunks of blocks with ids of their own: there is nothing for transforms to mend.
      : { discrete: true, skipTransforms: true, tag: [HISTORY_MERGE_TAG, SKIP_DOM_SELECTION_TAG] })
  }
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
