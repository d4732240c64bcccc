/** Files taken out of folders that were dropped: more are no export, and hold up the window. */
export const MOST_FILES = 500
/** Folders within one another that are looked through. */
export const DEEPEST = 5

export interface Dropped {
  readonly files: readonly File[]
  /** Names of what could not be read: a link that leads nowhere, a file that is not this person's. */
  readonly unread: readonly string[]
  /** There is more in the folders than is taken out of them. */
  readonly isCut: boolean
}

/**
 * The files of a drop, those of folders in it among them. To be called while the drop is being handled: afterwards the
 * browser keeps what it carries to itself.
 */
export async function droppedFiles(transfer: Pick<DataTransfer, 'files' | 'items'> | null): Promise<Dropped> {
  const files = [...(transfer?.files ?? [])]
  const folders = [...(transfer?.items ?? [])].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    return entry?.isDirectory === true ? [entry as FileSystemDirectoryEntry] : []
  })
  const found = new FilesOfFolders()
  for (const folder of folders) await found.add(folder)
  const names = new Set(folders.map(({ name }) => name))
  // A folder is in the list of files, too, as one without a type that cannot be read.
  const own = files.filter(({ name, type }) => type !== '' || !names.has(name))
  return { files: [...own, ...found.files], unread: found.unread, isCut: found.isCut }
}

/** What cannot be read keeps nothing else from coming in. */
class FilesOfFolders {
  readonly files: File[] = []
  readonly unread: string[] = []
  isCut = false

  async add(folder: FileSystemDirectoryEntry, depth = 1): Promise<void> {
    const entries = await this.#read(folder, () => entriesOf(folder))
    for (const entry of entries ?? []) {
      if (entry.name.startsWith('.')) continue
      if (this.files.length >= MOST_FILES || (entry.isDirectory && depth >= DEEPEST)) this.isCut = true
      else if (entry.isDirectory) await this.add(entry as FileSystemDirectoryEntry, depth + 1)
      else {
        const file = await this.#read(entry, () => fileOf(entry as FileSystemFileEntry))
        if (file) this.files.push(file)
      }
      if (this.files.length >= MOST_FILES && this.isCut) return
    }
  }

  async #read<T>({ name }: FileSystemEntry, read: () => Promise<T>): Promise<T | null> {
    try {
      return await read()
    } catch {
      this.unread.push(name)
      return null
    }
  }
}

/** The browser gives the entries of a folder in portions. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const entries: FileSystemEntry[] = []
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    entries.push(...portion)
    // More than are taken tell that there are more.
    if (portion.length === 0 || entries.length > 2 * MOST_FILES) return entries
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}
