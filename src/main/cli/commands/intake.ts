import { inWords, language, whatHappened } from '../../hosts/language.ts'
import type { Command } from '../command.ts'
import { clean } from '../output.ts'
import { forEachOperand } from './each.ts'
import { readInput } from './read-file.ts'

const MAX_BYTES = 20 * 1024 * 1024

export const intake: Command<'intake'> = {
  name: 'intake',
  options: {
    zone: {
      type: 'string'
    },
    review: { type: 'boolean' },
    into: { type: 'string' }
  },
  min: 1,
  max: 10_000,
  makesLibrary: true,
  async run(context) {
    const { call } = await context.connect()
    const { output } = context
    return forEachOperand(context, async (path) => {
      const source = await readInput(path, MAX_BYTES)
      const zone = context.text('zone')
      const request = { source, ...(zone !== undefined && { zone }) }
      const review = await call.intake.review(request, context.signal)
      for (const warning of review.warnings) output.say(`${path}: ${inWords(warning)}`)
      if (context.flag('review')) {
        if (output.json) output.result({ file: path, ...review }, () => '')
        else
          output.table(
            review.lines.filter(({ role }) => role !== 'blank'),
            [
              { title: language.cli.columns.line, value: ({ n }) => String(n + 1) },
              { title: language.cli.columns.keptAs, value: ({ role, kept }) => (kept ? role : `— ${role}`) },
              { title: language.cli.columns.text, value: ({ text }) => text, wide: true },
              { title: language.cli.columns.why, value: ({ reason }) => whatHappened(reason) }
            ]
          )
        return
      }
      const known = review.fields.wire ? await call.intake.known({ wire: review.fields.wire }, context.signal) : []
      for (const { relation, headline, storyId } of known)
        output.say(`${path}: ${language.cli.known[relation](clean(headline) || language.cli.untitled, storyId)}`)
      const into = context.text('into')
      const story = await call.intake.accept({ ...request, ...(into !== undefined && { into }) }, context.signal)
      const kept = review.lines.filter(({ kept: isKept }) => isKept).length
      output.result(
        {
          file: path,
          id: story.id,
          headline: story.fields.headline,
          paragraphs: story.body.blocks.length,
          linesKept: kept,
          linesDropped: review.lines.length - kept
        },
        () => `${story.id}  ${clean(story.fields.headline) || language.cli.untitled}`
      )
    })
  }
}
