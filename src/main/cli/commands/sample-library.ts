import { GalleyError } from '../../../shared/rpc/errors.ts'
import { createSampleLibrary } from '../../samples/create-sample-library.ts'
import { connectToRunning } from '../../hosts/local/client.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'

export const sampleLibrary: Command = {
  name: 'sample-library',
  operands: '',
  summary: 'fills a library with made-up news, for try-outs and benches',
  about:
    'Mostly English, with Arabic, Chinese and Japanese among it; about 600 words each. The same seed gives the same stories; those that are there are left alone.',
  options: {
    stories: { type: 'string', value: 'N', help: 'how many (default: 1000)' },
    seed: { type: 'string', value: 'S', help: 'a number (default: 1)' }
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
      throw new GalleyError('busy', 'This library is open in Galley.', {
        next: 'Close it there, or name another folder with --library.'
      })
    }
    const added = await createSampleLibrary(library, {
      stories,
      seed,
      signal,
      progress: (done, total) =>
        output.progress(`${done.toLocaleString('en')} of ${total.toLocaleString('en')} stories …`)
    })
    output.result({ library, stories, seed, added }, () => `${added.toLocaleString('en')} stories added to ${library}`)
    return EXIT.ok
  }
}
