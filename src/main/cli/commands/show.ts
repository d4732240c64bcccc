import { language } from '../../hosts/language.ts'
import { ExportFormat, exportFormats } from '../../../shared/contract/exports.ts'
import { pageWords, readableInstant } from '../../../shared/formats/page-words.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import { bodyToText } from '../../../shared/document/to-text.ts'
import type { Story } from '../../../shared/story/story.ts'
import type { Command } from '../command.ts'
import { EXIT, usageError } from '../exit-codes.ts'
import { findStory } from '../find-story.ts'
import { say } from '../../../shared/words/message.ts'

export const show: Command<'show'> = {
  name: 'show',
  options: {
    format: { type: 'string', values: exportFormats },
    reason: { type: 'string' }
  },
  min: 1,
  max: 1,
  async run(context) {
    const connection = await context.connect()
    const { id } = await findStory(connection, context.operands[0] ?? '')
    const asked = context.text('format')
    if (asked !== undefined) {
      const format = ExportFormat.safeParse(asked)
      if (!format.success)
        throw usageError(say('commandLine.noSuchFormat', { format: asked, formats: exportFormats.join(', ') }))
      const reason = context.text('reason')
      const rendered = await connection.call.exports.render(
        { id, format: format.data, ...(reason !== undefined && { reason }) },
        context.signal
      )
      context.output.result(rendered, () => rendered.text.replace(/\n$/, ''))
      return EXIT.ok
    }
    const story = await connection.call.stories.get({ id })
    context.output.result(story, () => describe(story))
    return EXIT.ok
  }
}

/** As 13 August 2024, 16:48 GMT+4, and in UTC. */
function readable(instant: Instant): string {
  return `${readableInstant(instant, pageWords('en'))}, ${instant.utc}${instant.unconfirmed ? ' (unconfirmed)' : ''}`
}

function describe({ id, revision, status, fields, body }: Story): string {
  const { times } = fields
  const words = language.cli.show
  const lines: [string, string | undefined][] = [
    [words.id, id],
    [words.status, words.statusAndRevision(status, revision)],
    [words.kicker, fields.kicker],
    [words.headline, fields.headline],
    [words.standfirst, fields.standfirst],
    [words.byline, fields.byline],
    [words.source, fields.source],
    [words.dateline, fields.dateline],
    [words.section, fields.section],
    [words.keywords, fields.keywords.join(', ')],
    [words.slugline, fields.slugline],
    [words.slug, fields.slug],
    [words.language, fields.language],
    [words.created, readable(times.created)],
    [words.published, times.firstPublished ? readable(times.firstPublished) : undefined],
    [words.updated, times.lastUpdated ? readable(times.lastUpdated) : undefined],
    [words.embargoedUntil, times.embargo ? readable(times.embargo) : undefined],
    [words.plannedFor, times.planned ? readable(times.planned) : undefined],
    [words.caption, fields.leadImage?.caption],
    [words.credit, fields.leadImage?.credit],
    [words.editorsNote, fields.editorsNote]
  ]
  const filled = lines.filter((line): line is [string, string] => line[1] !== undefined && line[1] !== '')
  const width = Math.max(...filled.map(([name]) => name.length))
  // Text written by others must not contain control sequences for the terminal.
  const text = [
    ...filled.map(([name, value]) => `${name.padEnd(width)}  ${value.replaceAll('\n', `\n${' '.repeat(width + 2)}`)}`),
    '',
    bodyToText(body)
  ].join('\n')
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ' ').trimEnd()
}
