import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Licences, LICENCES_PATH } from '../../../shared/contract/licences.ts'
import { language } from '../../hosts/language.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'

export const licences: Command<'licences'> = {
  name: 'licences',
  options: { text: { type: 'boolean' } },
  min: 0,
  max: 0,
  async run({ output, builtMain, flag }) {
    const file = join(builtMain, '../renderer', LICENCES_PATH)
    const notices = Licences.parse(JSON.parse(await readFile(file, 'utf8')))
    if (flag('text')) {
      for (const notice of notices)
        output.result(notice, () => `${notice.name} ${notice.version} (${notice.licence})\n\n${notice.text}\n`)
      return EXIT.ok
    }
    const { columns } = language.cli
    const rows = notices.map(({ name, version, licence }) => ({ name, version, licence }))
    output.table(rows, [
      { title: columns.name, value: ({ name }: (typeof rows)[number]) => name },
      { title: columns.version, value: ({ version }) => version },
      { title: columns.licence, value: ({ licence }) => licence }
    ])
    return EXIT.ok
  }
}
