import { GalleyError } from '../../shared/rpc/errors.ts'
import { makeSampleLibrary, type SampleLibraryOptions } from './sample-library.ts'
import { openLibrary } from '../core/store/open-library.ts'

/**
 * Fills the library in a folder with made-up news; answers how many stories it added. Throws `busy` while it is open
 * elsewhere.
 */
export async function createSampleLibrary(folder: string, options: SampleLibraryOptions): Promise<number> {
  const library = await openLibrary(folder)
  try {
    if (library.readOnlyReason !== null)
      throw new GalleyError('busy', library.readOnlyReason, {
        next: 'Close it there, or name another folder with --library.'
      })
    return await makeSampleLibrary(library.store, options)
  } finally {
    library.close()
  }
}
