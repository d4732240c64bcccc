import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeFolders } from '../../../src/main/core/files/make-folders.ts'

it('a whole path of folders is made, and made again without harm', async () => {
  const home = await mkdtemp(join(tmpdir(), 'galley-folders-'))
  const path = join(home, 'a', 'b', 'c')
  await makeFolders(path)
  await makeFolders(path)
  expect((await stat(path)).isDirectory()).toBe(true)
  await writeFile(join(home, 'file'), '')
  await expect(makeFolders(join(home, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  await rm(home, { recursive: true })
})

it.skipIf(process.platform !== 'linux')('a place that can hold no folder ends with an error, at once', async () => {
  await expect(makeFolders('/proc/x')).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(makeFolders('/proc/x/y/z')).rejects.toMatchObject({ code: 'ENOENT' })
})
