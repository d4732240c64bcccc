import { inWords, language } from '../../hosts/language.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'

export const doctor: Command<'doctor'> = {
  name: 'doctor',
  options: {},
  min: 0,
  max: 0,
  async run({ output, connect, signal }) {
    const { call } = await connect()
    const lines = (await call.app.doctor({}, signal)).map(({ found, ...line }) => ({
      ...line,
      message: inWords(found)
    }))
    const { columns, doctor: states } = language.cli
    output.table(lines, [
      { title: columns.state, value: ({ ok }: (typeof lines)[number]) => (ok ? states.ok : states.problem) },
      { title: columns.check, value: ({ check }) => check },
      { title: columns.found, value: ({ message }) => message }
    ])
    return lines.every(({ ok }) => ok) ? EXIT.ok : EXIT.failed
  }
}
