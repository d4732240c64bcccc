import { language } from '../../hosts/language.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { findStory } from '../find-story.ts'
import { revisionOf } from '../revision-of.ts'

/** Restores a version of a story; what was there is kept as a version. */
export const restore: Command<'restore'> = {
  name: 'restore',
  options: {},
  min: 2,
  max: 2,
  async run({ operands, output, connect }) {
    const revision = revisionOf(operands[1] ?? '')
    const connection = await connect()
    const { id } = await findStory(connection, operands[0] ?? '')
    const story = await connection.call.revisions.restore({ storyId: id, revision })
    output.result(story, () => language.cli.history.restored(revision, story.revision))
    return EXIT.ok
  }
}
