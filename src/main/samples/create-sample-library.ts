import { GalleyError } from '../../shared/rpc/errors.ts'
import { say } from '../../shared/words/message.ts'
import { makeSampleLibrary, type SampleLibraryOptions } from './sample-library.ts'
import { openLibrary } from '../core/store/open-library.ts'

/**
 * Fills the library in a folder with made-up news; returns how many stories it added. Throws `busy` while it is open
 * elsewhere.
 */
export async function createSampleLibrary(folder: string, options: SampleLibraryOptions): Promise<number> {
  const library = await openLibrary(folder)
  try {
    if (library.readOnlyReason !== null) throw new GalleyError('busy', say('commandLine.libraryIsOpen'))
    return await makeSampleLibrary(library.store, options)
  } finally {
    library.close()
  }
}
