import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as nodeFs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isTemporary, sweepTemporary, writeAtomic, type FileCalls } from '../../../src/main/core/files/write-atomic.ts'

let folder = ''
beforeEach(async () => {
  folder = await nodeFs.mkdtemp(join(tmpdir(), 'galley-atomic-'))
})
afterEach(async () => {
  await nodeFs.rm(folder, { recursive: true, force: true })
})

const path = (name = 'story.html'): string => join(folder, name)
const text = async (name?: string): Promise<string> => await nodeFs.readFile(path(name), 'utf8')
const failure = (code: string): Error => Object.assign(new Error(code), { code })

describe('writeAtomic', () => {
  test('writes text and bytes and leaves nothing else behind', async () => {
    expect(await writeAtomic(path('a.txt'), 'żółw', { existing: 'fail' })).toBe(path('a.txt'))
    await writeAtomic(path('b.bin'), new Uint8Array([0, 255, 7]), { existing: 'replace' })
    expect(await text('a.txt')).toBe('żółw')
    expect([...(await nodeFs.readFile(path('b.bin')))]).toEqual([0, 255, 7])
    expect((await nodeFs.readdir(folder)).sort()).toEqual(['a.txt', 'b.bin'])
  })

  test('replaces only when told to', async () => {
    await nodeFs.writeFile(path(), 'theirs')
    await expect(writeAtomic(path(), 'ours', { existing: 'fail' })).rejects.toMatchObject({ code: 'conflict' })
    expect(await text()).toBe('theirs')
    expect(await writeAtomic(path(), 'ours', { existing: 'rename' })).toBe(path('story (2).html'))
    expect(await writeAtomic(path(), 'again', { existing: 'rename' })).toBe(path('story (3).html'))
    expect(await text()).toBe('theirs')
    await writeAtomic(path(), 'ours', { existing: 'replace' })
    expect(await text()).toBe('ours')
    expect((await nodeFs.readdir(folder)).sort()).toEqual(['story (2).html', 'story (3).html', 'story.html'])
  })

  test('twenty writers of one name get twenty names and lose nothing', async () => {
    const paths = await Promise.all(
      Array.from({ length: 20 }, (_, n) => writeAtomic(path(), `writer ${n}`, { existing: 'rename' }))
    )
    expect(new Set(paths).size).toBe(20)
    for (const [n, written] of paths.entries()) expect(await nodeFs.readFile(written, 'utf8')).toBe(`writer ${n}`)
  })

  test('does not follow a symbolic link that lies where the name should be', async () => {
    await nodeFs.writeFile(path('victim.txt'), 'precious')
    await nodeFs.symlink(path('victim.txt'), path())
    await writeAtomic(path(), 'ours', { existing: 'replace' })
    expect(await text('victim.txt')).toBe('precious')
    expect(await text()).toBe('ours')
  })

  test('keeps its promise on a file system without hard links', async () => {
    const calls: FileCalls = {
      ...nodeFs,
      link: async () => {
        throw failure('EPERM')
      }
    }
    expect(await writeAtomic(path(), 'first', { existing: 'rename', calls })).toBe(path())
    expect(await writeAtomic(path(), 'second', { existing: 'rename', calls })).toBe(path('story (2).html'))
    await expect(writeAtomic(path(), 'third', { existing: 'fail', calls })).rejects.toMatchObject({ code: 'conflict' })
    expect([await text(), await text('story (2).html')]).toEqual(['first', 'second'])
    const stuck: FileCalls = {
      ...calls,
      rename: async () => {
        throw failure('EIO')
      }
    }
    await expect(writeAtomic(path('new.html'), 'x', { existing: 'fail', calls: stuck })).rejects.toMatchObject({
      code: 'storage_failed'
    })
    expect((await nodeFs.readdir(folder)).sort()).toEqual(['story (2).html', 'story.html'])
  })

  test('a folder that is not there is said in words', async () => {
    await expect(writeAtomic(join(folder, 'gone', 'x.html'), 'x', { existing: 'fail' })).rejects.toMatchObject({
      code: 'storage_failed',
      message: 'That folder is not there.'
    })
  })
})

describe('when the disk fails', () => {
  const steps = ['open', 'writeFile', 'sync', 'close', 'link', 'rename'] as const
  const codes = { ENOSPC: 'storage_full', EDQUOT: 'storage_full', EIO: 'storage_failed', EROFS: 'read_only' } as const

  for (const step of steps) {
    for (const [code, expected] of Object.entries(codes)) {
      test(`${code} on ${step} leaves the old file whole and no temporary one`, async () => {
        await nodeFs.writeFile(path(), 'old')
        const existing = step === 'link' ? 'fail' : 'replace'
        const target = step === 'link' ? path('new.html') : path()
        await expect(writeAtomic(target, 'new', { existing, calls: failingOn(step, code) })).rejects.toMatchObject({
          code: expected
        })
        expect(await nodeFs.readdir(folder)).toEqual(['story.html'])
        expect(await text()).toBe('old')
      })
    }
  }

  function failingOn(step: (typeof steps)[number], code: string): FileCalls {
    const fail = async (): Promise<never> => {
      throw failure(code)
    }
    return {
      ...nodeFs,
      ...(step === 'open' && { open: fail }),
      ...(step === 'link' && { link: fail }),
      ...(step === 'rename' && { rename: fail }),
      ...((step === 'writeFile' || step === 'sync' || step === 'close') && {
        open: async (...asked: Parameters<typeof nodeFs.open>) => {
          const handle = await nodeFs.open(...asked)
          if (step === 'close') {
            const close = handle.close.bind(handle)
            handle.close = async () => {
              await close()
              await fail()
            }
          } else {
            handle[step] = fail
          }
          return handle
        }
      })
    }
  }
})

describe('sweepTemporary', () => {
  test('takes what a dead process left, and nothing else', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await new Promise((resolve) => child.on('close', resolve))
    const handle = writeAtomic(path('kept.html'), 'kept', {
      existing: 'fail',
      calls: {
        ...nodeFs,
        link: async (from, to) => {
          // Our own unfinished file names this machine; one of the dead child is made after its pattern.
          const name = String(from).split(/[\\/]/).at(-1) ?? ''
          await nodeFs.writeFile(path(name.replace(`-${process.pid}-`, `-${child.pid}-`)), 'torn')
          expect(await sweepTemporary(folder)).toBe(1)
          await nodeFs.link(from, to)
        }
      }
    })
    await handle
    await nodeFs.writeFile(path('.galley-00000000-1-aaaaaaaaaaaa.tmp'), 'of another machine, just now')
    await nodeFs.writeFile(path('.galley-00000000-1-bbbbbbbbbbbb.tmp'), 'of another machine, long ago')
    await nodeFs.utimes(path('.galley-00000000-1-bbbbbbbbbbbb.tmp'), 1e9, 1e9)
    await nodeFs.writeFile(path('notes.tmp'), 'somebody’s')
    expect(await sweepTemporary(folder)).toBe(1)
    expect((await nodeFs.readdir(folder)).sort()).toEqual([
      '.galley-00000000-1-aaaaaaaaaaaa.tmp',
      'kept.html',
      'notes.tmp'
    ])
    expect(await sweepTemporary(join(folder, 'nowhere'))).toBe(0)
  })
})

test(
  'a process killed at any instant leaves whole files only, and what it left is swept',
  { timeout: 90_000 },
  async () => {
    const script = `
    import { writeAtomic } from ${JSON.stringify(new URL('../../../src/main/core/files/write-atomic.ts', import.meta.url).href)}
    import { createHash } from 'node:crypto'
    const folder = ${JSON.stringify(folder)}
    const page = (n) => { const body = String(n).repeat(200_000); return createHash('sha256').update(body).digest('hex') + body }
    console.log('ready')
    for (let n = 0; ; n += 1) {
      await writeAtomic(folder + '/replaced.html', page(n), { existing: 'replace' })
      await writeAtomic(folder + '/new.html', page(n), { existing: 'rename' })
    }`
    const file = path('writer.mjs')
    await nodeFs.writeFile(file, script)
    for (let run = 0; run < 12; run += 1) {
      const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
      await new Promise((resolve) => child.stdout.once('data', resolve))
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60))
      child.kill('SIGKILL')
      await new Promise((resolve) => child.once('close', resolve))
      await sweepTemporary(folder)
      const names = await nodeFs.readdir(folder)
      expect(names.filter(isTemporary)).toEqual([])
      for (const name of names.filter((one) => one.endsWith('.html'))) {
        const content = await nodeFs.readFile(path(name), 'utf8')
        expect(createHash('sha256').update(content.slice(64)).digest('hex')).toBe(content.slice(0, 64))
        if (name !== 'replaced.html') await nodeFs.unlink(path(name))
      }
    }
  }
)
