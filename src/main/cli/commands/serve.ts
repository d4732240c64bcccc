import { resolve } from 'node:path'
import { run } from '../../hosts/loopback/run.ts'
import { defaultExports } from '../../hosts/folders.ts'
import { productVersion } from '../../hosts/version.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'

export const serve: Command<'serve'> = {
  name: 'serve',
  options: {
    port: { type: 'string' },
    exports: { type: 'string' }
  },
  min: 0,
  max: 0,
  makesLibrary: true,
  async run({ library, builtMain, number, text }) {
    await run({
      library,
      port: number('port', 0),
      exports: resolve(text('exports') ?? defaultExports(library)),
      endWithParent: false,
      renderer: resolve(builtMain, '../renderer'),
      version: productVersion(builtMain)
    })
    return EXIT.ok
  }
}
