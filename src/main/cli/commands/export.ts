import { inWords, language } from '../../hosts/language.ts'
import { resolve } from 'node:path'
import { ExportFormat, exportFormats } from '../../../shared/contract/exports.ts'
import { newId } from '../../../shared/lib/id.ts'
import type { Command } from '../command.ts'
import { EXIT, usageError } from '../exit-codes.ts'
import { everyStory, findStory } from '../find-story.ts'
import { say } from '../../../shared/words/message.ts'

export const exportStories: Command<'export'> = {
  name: 'export',
  options: {
    format: {
      type: 'string',
      multiple: true,
      values: exportFormats
    },
    out: { type: 'string' },
    inline: { type: 'boolean' },
    replace: { type: 'boolean' },
    reason: { type: 'string' },
    all: { type: 'boolean' }
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
          throw usageError(say('commandLine.noSuchFormat', { format: name, formats: exportFormats.join(', ') }))
        return format.data
      })
    if (context.operands.length === 0 && !context.flag('all')) throw usageError(say('commandLine.nothingToExport'))
    const out = context.text('out')
    const reason = context.text('reason')
    const connection = await context.connect()
    const ids: string[] = []
    if (context.flag('all')) for await (const { id } of everyStory(connection, {})) ids.push(id)
    for (const operand of context.operands) ids.push((await findStory(connection, operand)).id)
    if (ids.length === 0) {
      output.say(language.cli.nothingToExport)
      return EXIT.ok
    }
    const jobId = newId()
    const stop = connection.on('job', (job) => {
      if (job.jobId === jobId && job.state === 'running')
        output.progress(language.cli.progress(job.done, job.total ?? ids.length))
    })
    context.signal.addEventListener('abort', () => void connection.call.app.cancelJob({ jobId }), { once: true })
    try {
      const written = await connection.call.exports.write({
        ids,
        formats,
        jobId,
        ...(reason !== undefined && { reason }),
        ...(out !== undefined && { folder: resolve(out) }),
        options: {
          images: context.flag('inline') ? 'inline' : 'beside',
          existing: context.flag('replace') ? 'replace' : 'rename'
        }
      })
      for (const file of written.files)
        output.result({ ...file, folder: written.folder }, () => resolve(written.folder, file.name))
      for (const { storyId, why } of written.failed) output.say(`${storyId}: ${inWords(why)}`)
      return written.failed.length > 0 ? EXIT.failed : EXIT.ok
    } finally {
      stop()
    }
  }
}
