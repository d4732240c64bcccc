import { extname } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { clipboard, dialog, Menu, type BrowserWindow } from 'electron'
import type { Core } from '../../core/core.ts'
import { language } from '../language.ts'
import { contextTemplate } from './context-template.ts'

/** Shows the context menu wherever a page has none of its own. */
export function offerContextMenu(
  window: BrowserWindow,
  core: Core,
  { log, ask }: { log(line: string): void; ask(address: string): void }
): void {
  const contents = window.webContents
  const save = async (id: string): Promise<void> => {
    const picture = await core.picture(id)
    if (!picture) return
    const ending = picture.type.split('/')[1]?.replace('jpeg', 'jpg') ?? 'jpg'
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      defaultPath: `${language.menu.pictureName}.${ending}`,
      filters: [{ name: language.menu.pictureName, extensions: [ending] }]
    })
    if (canceled || !filePath) return
    await writeFile(extname(filePath) ? filePath : `${filePath}.${ending}`, picture.bytes)
  }
  contents.on('context-menu', (_event, params) => {
    const template = contextTemplate(params, language.menu, {
      correct: (word) => contents.replaceMisspelling(word),
      learn: (word) => void contents.session.addWordToSpellCheckerDictionary(word),
      paragraphHistory: () => ask('/command/history.paragraph'),
      copyLink: (address) => clipboard.writeText(address),
      savePicture: (id) =>
        void save(id).catch((error: unknown) => {
          log(`saving a picture failed: ${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'}`)
          dialog.showErrorBox(language.menu.pictureNotSaved, language.menu.tryElsewhere)
        })
    })
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window })
  })
}
