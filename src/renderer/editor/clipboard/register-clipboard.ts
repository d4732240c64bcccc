import { $getSelection, COMMAND_PRIORITY_LOW, PASTE_COMMAND, PASTE_TAG, type LexicalEditor } from 'lexical'
import { runsOf } from '../../../shared/document/runs.ts'
import { $createBlock } from '../document-codec.ts'
import { $insertBlocks } from './insert-blocks.ts'
import { blocksOfPlainText } from './plain-import.ts'

export interface PasteProgress {
  readonly done: number
  readonly total: number
}

export interface ClipboardOptions {
  readonly onProgress: ((progress: PasteProgress | null) => void) | undefined
  readonly onPictures: ((files: readonly File[]) => void) | undefined
  readonly onError: (error: unknown) => void
}

export function registerClipboard(lexical: LexicalEditor, _options: ClipboardOptions): { unregister: () => void; cancel: () => void } {
  const unregister = lexical.registerCommand(PASTE_COMMAND, (event) => {
    const data = 'clipboardData' in event ? event.clipboardData : null
    if (!data || $getSelection() === null) return false
    event.preventDefault()
    const text = data.getData('text/plain')
    lexical.update(() => {
      const blocks = blocksOfPlainText(text)
      if (blocks.length > 1) $insertBlocks(blocks.map((block) => $createBlock({ ...block, id: '' } as never)))
      else if (text !== '') $insertBlocks([], runsOf(text.replace(/\r\n?/g, '\n')))
    }, { tag: PASTE_TAG })
    return true
  }, COMMAND_PRIORITY_LOW)
  return { unregister, cancel: () => undefined }
}
