import { resolve } from 'node:path'
import { ExportFormat, exportFormats } from '../../../shared/contract/exports.ts'
import { newId } from '../../../shared/lib/id.ts'
import type { Command } from '../command.ts'
import { EXIT, usageError } from '../exit-codes.ts'
import { everyStory, findStory } from '../find-story.ts'

export const exportStories: Command = {
  name: 'export',
  operands: 'ID…',
  summary: 'writes stories as files',
  about: 'Never replaces a file unless told to: a second “Bridge closes.html” becomes “Bridge closes (2).html”.',
  options: {
    format: {
      type: 'string',
      multiple: true,
      value: 'FORMAT',
      help: `${exportFormats.join(', ')}; may be given more than once (default: html)`
    },
    out: { type: 'string', value: 'DIR', help: 'the folder to write into (default: the desk’s export folder)' },
    inline: { type: 'boolean', help: 'pictures inside the page rather than beside it' },
    replace: { type: 'boolean', help: 'replace files of the same name' },
    all: { type: 'boolean', help: 'every story that is not in the trash' }
  },
  min: 0,
  max: 100_000,
  async run(context) {
    const { output } = context
    const formats = (context.texts('format').length > 0 ? context.texts('format') : ['html'])
      .flatMap((names) => names.split(','))
      .map((name) => {
        const format = ExportFormat.safeParse(name)
        if (!format.success)
          throw usageError(`There is no format “${name}”.`, `It is one of ${exportFormats.join(', ')}.`)
        return format.data
      })
    if (context.operands.length === 0 && !context.flag('all')) throw usageError('export needs ID… or --all.')
    const out = context.text('out')
    const connection = await context.connect()
    const ids: string[] = []
    if (context.flag('all')) for await (const { id } of everyStory(connection, {})) ids.push(id)
    for (const operand of context.operands) ids.push((await findStory(connection, operand)).id)
    if (ids.length === 0) {
      output.say('There are no stories to export.')
      return EXIT.ok
    }
    const jobId = newId()
    const stop = connection.on('job', (job) => {
      if (job.jobId === jobId && job.state === 'running') output.progress(`${job.done} of ${job.total ?? ids.length} …`)
    })
    context.signal.addEventListener('abort', () => void connection.call.app.cancelJob({ jobId }), { once: true })
    try {
      const written = await connection.call.exports.write({
        ids,
        formats,
        jobId,
        ...(out !== undefined && { folder: resolve(out) }),
        options: {
          images: context.flag('inline') ? 'inline' : 'beside',
          existing: context.flag('replace') ? 'replace' : 'rename'
        }
      })
      for (const file of written.files)
        output.result({ ...file, folder: written.folder }, () => resolve(written.folder, file.name))
      for (const { storyId, message } of written.failed) output.say(`${storyId}: ${message}`)
      return written.failed.length > 0 ? EXIT.failed : EXIT.ok
    } finally {
      stop()
    }
  }
}
