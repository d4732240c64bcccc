import {
  $addUpdateTag,
  $getRoot,
  $getSelection,
  $isNodeSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_LOW,
  COPY_COMMAND,
  CUT_COMMAND,
  CUT_TAG,
  KEY_ESCAPE_COMMAND,
  mergeRegister,
  PASTE_COMMAND,
  type LexicalEditor
} from 'lexical'
import { z } from 'zod'
import { cleanText } from '../../../shared/document/clean-text.ts'
import { Block } from '../../../shared/document/document.ts'
import { isSafeHref, Runs, runsOf } from '../../../shared/document/runs.ts'
import { registerDrag } from './register-drag.ts'
import { PasteJob, type PasteJobOptions, type PasteProgress } from './paste-job.ts'
import type { PastedPicture } from './pasted-blocks.ts'
import { blocksOfPlainText, fitPlain } from './plain-import.ts'
import { $selectedContent } from './selection-blocks.ts'
import { BLOCKS_MIME, clipboardForms } from './to-clipboard.ts'

export type { PastedPicture, PasteProgress }

export interface ClipboardOptions {
  readonly onProgress: ((progress: PasteProgress | null) => void) | undefined
  /** Pictures that came as bytes. Each already has a slot in the body; fill it with `updateImage`. */
  readonly onPictures: ((pictures: readonly PastedPicture[]) => void) | undefined
  readonly onLeftOut: PasteJobOptions['onLeftOut']
  /** This many characters of plain text were too much for one paste; the rest was inserted. */
  readonly onCut: ((characters: number) => void) | undefined
  readonly onError: (error: unknown) => void
  readonly history: PasteJobOptions['history']
  /** Blocks per chunk; null for no chunks. */
  readonly chunkSize: number | null
}

/** The most characters of HTML, including embedded pictures; from a longer one only the plain text is taken. */
const MAX_HTML = 100_000_000

/** Our own blocks are as untrusted as any other text: a page may put anything on the clipboard. */
const OwnBlocks = z.union([z.object({ inline: Runs }), z.object({ blocks: z.array(Block).min(1) })])

/** Copy, cut, paste, drag and drop, all through our own model: what the model cannot represent does not get in. */
export function registerClipboard(
  lexical: LexicalEditor,
  options: ClipboardOptions
): { unregister: () => void; cancel: () => void; finish: () => void } {
  const job = new PasteJob(lexical, options)
  const take = (data: DataTransfer) => takeIn(job, data, options.onCut)
  const unregister = mergeRegister(
    lexical.registerCommand(
      PASTE_COMMAND,
      (event) => {
        const data = 'clipboardData' in event ? event.clipboardData : null
        if (!data || isInCaption(event)) return false
        event.preventDefault()
        if (lexical.isEditable()) take(data)
        return true
      },
      COMMAND_PRIORITY_LOW
    ),
    lexical.registerCommand(COPY_COMMAND, (event) => $copy(event), COMMAND_PRIORITY_LOW),
    lexical.registerCommand(
      CUT_COMMAND,
      (event) => {
        if (!$copy(event)) return false
        if (lexical.isEditable()) $cut()
        return true
      },
      COMMAND_PRIORITY_LOW
    ),
    lexical.registerCommand(KEY_ESCAPE_COMMAND, () => job.cancel(), COMMAND_PRIORITY_LOW),
    registerDrag(lexical, take)
  )
  return {
    unregister,
    cancel: () => {
      job.cancel()
    },
    finish: () => job.finish()
  }
}

function takeIn(job: PasteJob, data: DataTransfer, onCut: ClipboardOptions['onCut']): void {
  const own = readOwn(data.getData(BLOCKS_MIME))
  if (own) {
    if ('inline' in own) job.insertRuns(own.inline)
    else job.insert(own.blocks.map((block) => ({ ...block, id: '' })))
    return
  }
  const html = data.getData('text/html')
  const text = data.getData('text/plain')
  const files = [...data.files].filter((file) => file.type.startsWith('image/'))
  if (files.length === 0 && isAddress(text) && job.link(text.trim())) return
  if (html !== '' && html.length <= MAX_HTML) job.import(html, text, files)
  else if (text === '' && files.length > 0) job.insertFiles(files)
  else {
    const fitting = fitPlain(text)
    insertPlain(job, fitting.text)
    if (fitting.left > 0) onCut?.(fitting.left)
  }
}

function insertPlain(job: PasteJob, plain: string): void {
  const blocks = blocksOfPlainText(plain)
  if (blocks.length > 1) job.insert(blocks)
  // Line breaks around part of a line come from how it was cut out, and are not part of it.
  else job.insertRuns(runsOf(cleanText(plain).replace(/^\n+|(?<!\n)\n+$/g, '')))
}

function isAddress(text: string): boolean {
  const address = text.trim()
  return /^(?:https?:\/\/|mailto:)\S+$/i.test(address) && isSafeHref(address)
}

function readOwn(json: string): z.infer<typeof OwnBlocks> | null {
  if (json === '') return null
  try {
    return OwnBlocks.safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}

function $copy(event: ClipboardEvent | KeyboardEvent | null): boolean {
  const data = event && 'clipboardData' in event ? event.clipboardData : null
  if (!event || !data || isInCaption(event)) return false
  const content = $selectedContent()
  if (!content) return false
  event.preventDefault()
  for (const [type, text] of Object.entries(clipboardForms(content))) data.setData(type, text)
  return true
}

export function $cut(): void {
  $addUpdateTag(CUT_TAG)
  const selection = $getSelection()
  if ($isNodeSelection(selection)) selection.deleteNodes()
  else if ($isRangeSelection(selection)) selection.removeText()
  if ($getRoot().isEmpty()) $getRoot().selectEnd()
}

/** Events in a caption are handled by the caption. */
function isInCaption(event: Event): boolean {
  return event.target instanceof Element && event.target.closest('.plain-text') !== null
}
