import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'

export const doctor: Command = {
  name: 'doctor',
  operands: '',
  summary: 'checks the library from end to end',
  about: 'Ends with 1 when anything is not as it should be.',
  options: {},
  min: 0,
  max: 0,
  async run({ output, connect, signal }) {
    const { call } = await connect()
    const lines = await call.app.doctor({}, signal)
    output.table(lines, [
      { title: 'STATE', value: ({ ok }: (typeof lines)[number]) => (ok ? 'ok' : 'PROBLEM') },
      { title: 'CHECK', value: ({ check }) => check },
      { title: 'FOUND', value: ({ message }) => message }
    ])
    return lines.every(({ ok }) => ok) ? EXIT.ok : EXIT.failed
  }
}
