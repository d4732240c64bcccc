import type { Command } from '../command.ts'
import { clean } from '../output.ts'
import { forEachOperand } from './each.ts'
import { readInput } from './read-file.ts'

const MAX_BYTES = 20 * 1024 * 1024

export const intake: Command = {
  name: 'intake',
  operands: 'FILE…',
  summary: 'takes in saved pages (text or HTML) as stories, and says what became of every line',
  about: '“-” reads standard input. Nothing of a page is lost: the raw page is kept beside the story.',
  options: {
    zone: {
      type: 'string',
      value: 'ZONE',
      help: 'time zone of dates that name none, such as Asia/Dubai (default: the desk’s)'
    },
    review: { type: 'boolean', help: 'only show what would be kept as what; make no story' }
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
      for (const { message } of review.warnings) output.say(`${path}: ${message}`)
      if (context.flag('review')) {
        if (output.json) output.result({ file: path, ...review }, () => '')
        else
          output.table(
            review.lines.filter(({ role }) => role !== 'blank'),
            [
              { title: 'LINE', value: ({ n }) => String(n + 1) },
              { title: 'KEPT AS', value: ({ role, kept }) => (kept ? role : `— ${role}`) },
              { title: 'TEXT', value: ({ text }) => text, wide: true },
              { title: 'WHY', value: ({ reason }) => reason }
            ]
          )
        return
      }
      const story = await call.intake.accept(request, context.signal)
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
        () => `${story.id}  ${clean(story.fields.headline) || 'Untitled story'}`
      )
    })
  }
}
