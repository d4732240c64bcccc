import { BrowserWindow, dialog } from 'electron'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { inLines, language } from '../language.ts'

/** Asks for a folder, over the frontmost window; null if the person cancels. */
export async function askForFolder(): Promise<string | null> {
  const options = {
    title: language.menu.exportFolder.title,
    buttonLabel: language.menu.exportFolder.button,
    properties: ['openDirectory' as const, 'createDirectory' as const]
  }
  const front = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  const { canceled, filePaths } = front
    ? await dialog.showOpenDialog(front, options)
    : await dialog.showOpenDialog(options)
  return canceled ? null : (filePaths[0] ?? null)
}

/** Asks for pages or texts, over the frontmost window; empty if the person cancels. */
export async function askForFiles(): Promise<readonly string[]> {
  const { title, button, pages, all } = language.menu.openFiles
  const options: Electron.OpenDialogOptions = {
    title,
    buttonLabel: button,
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: pages, extensions: ['html', 'htm', 'xhtml', 'txt', 'md', 'json'] },
      { name: all, extensions: ['*'] }
    ]
  }
  const front = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  const { canceled, filePaths } = front
    ? await dialog.showOpenDialog(front, options)
    : await dialog.showOpenDialog(options)
  return canceled ? [] : filePaths
}

/** Says why Galley cannot start. */
export function sayWhyNot(error: unknown): void {
  const words =
    error instanceof GalleyError
      ? inLines(error.said)
      : [language.menu.startBug, error instanceof Error ? error.message : String(error)]
  dialog.showErrorBox(language.menu.cannotStart, words.filter(Boolean).join('\n\n'))
}
