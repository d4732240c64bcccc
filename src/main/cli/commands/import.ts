import type { Command } from '../command.ts'
import { forEachOperand } from './each.ts'
import { withPicturesBeside } from '../pictures-beside.ts'
import { readInput } from './read-file.ts'
import { inWords } from '../../hosts/language.ts'

const MAX_BYTES = 64 * 1024 * 1024

export const importStories: Command<'import'> = {
  name: 'import',
  options: {},
  min: 1,
  max: 100_000,
  makesLibrary: true,
  async run(context) {
    const { call } = await context.connect()
    return forEachOperand(context, async (path) => {
      const { name, bytes } = await readInput(path, MAX_BYTES)
      const alone = new TextDecoder().decode(bytes)
      const text = path === '-' ? alone : await withPicturesBeside(path, alone)
      const { id, warnings } = await call.exports.importJson({ name, text }, context.signal)
      for (const warning of warnings) context.output.say(`${path}: ${inWords(warning)}`)
      const { headline } = await call.stories.summary({ id })
      context.output.result({ file: path, id, headline, warnings }, () => `${id}  ${headline}`)
    })
  }
}
