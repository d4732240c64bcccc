import {
  $getNodeByKey, $getSelection, $isRangeSelection, HISTORY_MERGE_TAG, HISTORY_PUSH_TAG, PASTE_TAG, type LexicalEditor, type LexicalNode, type NodeKey
} from 'lexical'
import { newBlockId, type Block, type BlockId } from '../../../shared/document/document.ts'
import { emptyImageUse } from '../../../shared/document/image-use.ts'
import type { Run } from '../../../shared/document/runs.ts'
import { $createBlock } from '../document-codec.ts'
import { $insertBlocks, $insertRuns, $leaveLine } from './insert-blocks.ts'
import type { HtmlImport, ImportedBlock } from './html-import.ts'
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
}

/** Up to here a paste is done at once, within the event. */
const SMALL_HTML = 60_000
const SMALL_BLOCKS = 120
/** Nodes read, and blocks put in, between two breaths: a few milliseconds each. */
const NODES_AT_ONCE = 1500
const BLOCKS_AT_ONCE = 80

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
      const reader = start(new DOMParser().parseFromString(html, 'text/html').body)
      while (!reader.step(isSmall ? Infinity : NODES_AT_ONCE)) {
        await breath()
        if (run.cancelled) return
      }
      const blocks: ImportedBlock[] = reader.blocks.length > 0 ? reader.blocks : blocksOfPlainText(plain)
      const [only] = blocks
      // A stretch of a line, not a block: it flows into the line it lands in.
      if (blocks.length === 1 && only?.type === 'paragraph') return this.insertRuns(only.runs)
      await this.#insert(blocks, run)
    })
  }

  async insert(blocks: readonly (ImportedBlock | Block)[]): Promise<void> {
    await this.#run(blocks.length <= SMALL_BLOCKS, (run) => this.#insert(blocks, run))
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

  async #insert(blocks: readonly (ImportedBlock | Block)[], run: { cancelled: boolean }): Promise<void> {
    const pictures: PastedPicture[] = []
    const keys: NodeKey[] = []
    const atOnce = blocks.length <= SMALL_BLOCKS ? blocks.length : BLOCKS_AT_ONCE
    let last: NodeKey | null = null
    let ownState = this.#lexical.getEditorState()
    let isAlone = true
    for (let start = 0; start < blocks.length; start += atOnce) {
      const after: NodeKey | null = last
      const isFirst = start === 0
      if (!isFirst && this.#lexical.getEditorState()._nodeMap !== ownState._nodeMap) isAlone = false
      this.#update(() => {
        const nodes = blocks.slice(start, start + atOnce).flatMap((block) => this.#$create(block, pictures))
        for (const node of nodes) keys.push(node.getKey())
        const caret = $getSelection()
        const followsCaret = isFirst || ($isRangeSelection(caret) && caret.isCollapsed() && after !== null && $endsIn(caret.anchor.getNode(), after))
        last = (isFirst ? $insertBlocks(nodes, blocks.length > atOnce) : $append(after, nodes, followsCaret))?.getKey() ?? after
      }, isFirst)
      ownState = this.#lexical.getEditorState()
      if (start + atOnce >= blocks.length) break
      this.#options.onProgress?.({ done: Math.min(blocks.length, start + atOnce), total: blocks.length })
      await breath()
      if (run.cancelled) return this.#takeBack(keys, isAlone && this.#lexical.getEditorState()._nodeMap === ownState._nodeMap)
    }
    if (pictures.length > 0) this.#options.onPictures?.(pictures)
  }

  #takeBack(keys: readonly NodeKey[], isAlone: boolean): void {
    if (isAlone) return this.#options.undo()
    // Something was written meanwhile: that stays, only what was pasted goes.
    this.#update(() => { for (const key of keys) $getNodeByKey(key)?.remove() }, false)
  }

  #$create(block: ImportedBlock | Block, pictures: PastedPicture[]): LexicalNode[] {
    if (block.type !== 'picture' || !('picture' in block)) return [$createBlock({ id: '', ...block } as Block)]
    const { picture, caption } = block as Extract<ImportedBlock, { type: 'picture' }>
    const file = this.#options.onPictures ? fileOfDataUrl(picture.src) : null
    if (!file) {
      const words = [picture.alt, caption].filter(Boolean).join('\n')
      return words === '' ? [] : [$createBlock({ id: '', type: 'paragraph', runs: [{ text: words }] })]
    }
    const id = newBlockId()
    pictures.push({ id, file })
    return [$createBlock({ id, type: 'image', image: { ...emptyImageUse(), caption: caption.slice(0, 10_000), alt: picture.alt.slice(0, 5000) } })]
  }

  #update(change: () => void, isFirst: boolean): void {
    this.#lexical.update(change, { discrete: true, tag: isFirst ? [PASTE_TAG, HISTORY_PUSH_TAG] : [HISTORY_MERGE_TAG] })
  }
}

function $append(after: NodeKey | null, nodes: readonly LexicalNode[], followsCaret: boolean): LexicalNode | null {
  let at = after === null ? null : $getNodeByKey(after)
  if (!at) return $insertBlocks(nodes, true)
  for (const node of nodes) {
    at.insertAfter(node, false)
    at = node
  }
  if (followsCaret && 'selectEnd' in at && typeof at.selectEnd === 'function') at.selectEnd()
  return at
}

function $endsIn(node: LexicalNode, key: NodeKey): boolean {
  return node.getKey() === key || node.getParents().some((parent) => parent.getKey() === key)
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

/** Lets input, layout and paint have their turn. */
function breath(): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, 0) })
}
