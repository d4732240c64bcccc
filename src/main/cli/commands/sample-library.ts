import { language } from '../../hosts/language.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { createSampleLibrary } from '../../samples/create-sample-library.ts'
import { connectToRunning } from '../../hosts/local/client.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { say } from '../../../shared/words/message.ts'

export const sampleLibrary: Command<'sample-library'> = {
  name: 'sample-library',
  options: {
    stories: { type: 'string' },
    seed: { type: 'string' }
  },
  min: 0,
  max: 0,
  makesLibrary: true,
  async run({ library, number, output, signal }) {
    const stories = number('stories', 1000)
    const seed = number('seed', 1)
    const running = await connectToRunning(library)
    if (running) {
      running.close()
      throw new GalleyError('busy', say('commandLine.libraryIsOpen'))
    }
    const added = await createSampleLibrary(library, {
      stories,
      seed,
      signal,
      progress: (done, total) => output.progress(language.cli.storiesOf(done, total))
    })
    output.result({ library, stories, seed, added }, () => language.cli.added(added, library))
    return EXIT.ok
  }
}
