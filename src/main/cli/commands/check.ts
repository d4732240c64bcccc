import type { Finding } from '../../../shared/checks/finding.ts'
import { inWords, language } from '../../hosts/language.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { findStory } from '../find-story.ts'

/** Shows what the desk's checks find in a story. */
export const check: Command<'check'> = {
  name: 'check',
  options: {},
  min: 1,
  max: 1,
  async run({ operands, output, connect }) {
    const connection = await connect()
    const { id } = await findStory(connection, operands[0] ?? '')
    const { findings, problem } = await connection.call.checks.story({ id })
    if (problem) output.say(inWords(problem))
    const { columns, checks: words } = language.cli
    if (output.json) output.result({ id, findings }, () => '')
    else if (findings.length === 0) output.result(findings, () => words.nothing)
    else
      output.table(findings, [
        { title: columns.weight, value: ({ level }: Finding) => words.levels[level] },
        { title: columns.place, value: ({ place }) => ('field' in place ? nameOf(place.field) : words.body) },
        { title: columns.found, value: ({ said }) => inWords(said) },
        { title: columns.words, value: ({ quote }) => quote, wide: true }
      ])
    return findings.some(({ level }) => level === 'required') ? EXIT.refused : EXIT.ok
  }
}

function nameOf(field: string): string {
  const names: Readonly<Record<string, string>> = language.window.checks.fields
  return names[field] ?? field
}
