/** Files taken out of folders that were dropped: more are no export, and hold up the window. */
const MOST_FILES = 500
const DEEPEST = 4

/**
 * The files of a drop, those of folders in it among them. To be called while the drop is being handled: afterwards the
 * browser keeps what it carries to itself.
 */
export function droppedFiles(transfer: DataTransfer | null): Promise<File[]> {
  if (!transfer) return Promise.resolve([])
  const files = [...transfer.files]
  const folders = [...transfer.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    return entry?.isDirectory === true ? [entry as FileSystemDirectoryEntry] : []
  })
  if (folders.length === 0) return Promise.resolve(files)
  const names = new Set(folders.map(({ name }) => name))
  // A folder is in the list of files, too, as one without a type that cannot be read.
  return filesIn(folders).then((found) => [
    ...files.filter(({ name, type }) => type !== '' || !names.has(name)),
    ...found
  ])
}

async function filesIn(folders: readonly FileSystemDirectoryEntry[], depth = 0): Promise<File[]> {
  const files: File[] = []
  for (const folder of folders) {
    const entries = await entriesOf(folder)
    for (const entry of entries) {
      if (files.length >= MOST_FILES) return files
      if (entry.name.startsWith('.')) continue
      if (entry.isFile) files.push(await fileOf(entry as FileSystemFileEntry))
      else if (depth < DEEPEST) files.push(...(await filesIn([entry as FileSystemDirectoryEntry], depth + 1)))
    }
  }
  return files.slice(0, MOST_FILES)
}

/** The browser gives the entries of a folder in portions. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const entries: FileSystemEntry[] = []
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (portion.length === 0 || entries.length > MOST_FILES) return entries
    entries.push(...portion)
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}
