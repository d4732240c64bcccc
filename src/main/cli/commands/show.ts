import { ExportFormat, exportFormats } from '../../../shared/contract/exports.ts'
import { pageWords, readableInstant } from '../../../shared/formats/page-words.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import { bodyToText } from '../../../shared/document/to-text.ts'
import type { Story } from '../../../shared/story/story.ts'
import type { Command } from '../command.ts'
import { EXIT, usageError } from '../exit-codes.ts'
import { findStory } from '../find-story.ts'

export const show: Command = {
  name: 'show',
  operands: 'ID',
  summary: 'shows a story',
  options: {
    format: { type: 'string', value: 'FORMAT', help: `as it would be exported: ${exportFormats.join(', ')}` }
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
        throw usageError(`There is no format “${asked}”.`, `It is one of ${exportFormats.join(', ')}.`)
      const rendered = await connection.call.exports.render({ id, format: format.data }, context.signal)
      context.output.result(rendered, () => rendered.text.replace(/\n$/, ''))
      return EXIT.ok
    }
    const story = await connection.call.stories.get({ id })
    context.output.result(story, () => describe(story))
    return EXIT.ok
  }
}

/** 13 August 2024, 16:48 GMT+4, and in UTC. */
function readable(instant: Instant): string {
  return `${readableInstant(instant, pageWords('en'))}, ${instant.utc}${instant.unconfirmed ? ' (unconfirmed)' : ''}`
}

function describe({ id, revision, status, fields, body }: Story): string {
  const { times } = fields
  const lines: [string, string | undefined][] = [
    ['Id', id],
    ['Status', `${status}, revision ${revision}`],
    ['Kicker', fields.kicker],
    ['Headline', fields.headline],
    ['Standfirst', fields.standfirst],
    ['Byline', fields.byline],
    ['Source', fields.source],
    ['Dateline', fields.dateline],
    ['Section', fields.section],
    ['Keywords', fields.keywords.join(', ')],
    ['Slugline', fields.slugline],
    ['Slug', fields.slug],
    ['Language', fields.language],
    ['Created', readable(times.created)],
    ['Published', times.firstPublished ? readable(times.firstPublished) : undefined],
    ['Updated', times.lastUpdated ? readable(times.lastUpdated) : undefined],
    ['Embargoed until', times.embargo ? readable(times.embargo) : undefined],
    ['Planned for', times.planned ? readable(times.planned) : undefined],
    ['Caption', fields.leadImage?.caption],
    ['Credit', fields.leadImage?.credit],
    ['Editor’s note', fields.editorsNote]
  ]
  const filled = lines.filter((line): line is [string, string] => line[1] !== undefined && line[1] !== '')
  const width = Math.max(...filled.map(([name]) => name.length))
  // What others wrote must not steer the terminal.
  const text = [
    ...filled.map(([name, value]) => `${name.padEnd(width)}  ${value.replaceAll('\n', `\n${' '.repeat(width + 2)}`)}`),
    '',
    bodyToText(body)
  ].join('\n')
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ' ').trimEnd()
}
