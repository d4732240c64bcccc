import { resolve } from 'node:path'
import { run } from '../../hosts/loopback/run.ts'
import { defaultExports } from '../../hosts/folders.ts'
import { productVersion } from '../../hosts/version.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'

export const serve: Command = {
  name: 'serve',
  operands: '',
  summary: 'serves Galley to a browser on this machine, without opening a window',
  about: 'Prints the address to open, which works once. Ctrl+C ends it.',
  options: {
    port: { type: 'string', value: 'N', help: 'the port (default: any free one)' },
    exports: { type: 'string', value: 'DIR', help: 'where exports go while the desk has chosen no folder' }
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
