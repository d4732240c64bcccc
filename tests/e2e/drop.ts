import type { Page } from '@playwright/test'

/** Drops a file on the window, as from the file manager. */
export async function drop(window: Page, name: string, type: string, text: string): Promise<void> {
  const data = await window.evaluateHandle(
    ([fileName, fileType, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content ?? ''], fileName ?? '', { type: fileType ?? '' }))
      return transfer
    },
    [name, type, text]
  )
  for (const event of ['dragenter', 'dragover', 'drop'])
    await window.dispatchEvent('body', event, { dataTransfer: data })
}
