import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fetchElectron, shouldFetch } from '../../scripts/lib/fetch-electron.mjs'

const zip = Buffer.from('an archive with a program in it'.repeat(1000))
const name = 'electron-v45.4.1-linux-x64.zip'
let folder: string
let server: Server
let answer: (path: string) => { status?: number; bytes?: Buffer; hangs?: boolean }
let asked: string[]
let mirror: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'galley-electron-'))
  writeFileSync(join(folder, 'package.json'), '{"version":"45.4.1"}')
  writeFileSync(
    join(folder, 'checksums.json'),
    JSON.stringify({ [name]: createHash('sha256').update(zip).digest('hex') })
  )
  asked = []
  answer = () => ({ bytes: zip })
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const { status = 200, bytes = Buffer.alloc(0), hangs = false } = answer(request.url ?? '')
    response.writeHead(status, { 'content-length': bytes.length + (hangs ? 1000 : 0) })
    response.write(bytes)
    if (!hangs) response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const file = (): string => join(folder, 'refused.json')
const extract = async (from: string, to: string): Promise<void> => {
  expect(readFileSync(from)).toEqual(zip)
  mkdirSync(to)
  writeFileSync(join(to, 'electron'), '')
}
const run = (more: object = {}): Promise<string | null> =>
  fetchElectron({ folder, mirror, platform: 'linux', arch: 'x64', file: file(), extract, ...more })

describe('Electron’s program', () => {
  test('comes from the mirror, is what its checksum says, and is where Electron looks for it', async () => {
    const told: number[] = []
    expect(await run({ tell: (percent: number) => told.push(percent) })).toBeNull()
    expect(asked).toEqual([`/v45.4.1/${name}`])
    expect(readFileSync(join(folder, 'path.txt'), 'utf8')).toBe('electron')
    expect(existsSync(join(folder, 'dist/electron'))).toBe(true)
    expect(told.at(-1)).toBe(100)
    expect(readdirSync(folder).filter((one) => one.includes('.part'))).toEqual([])
  })

  test.each([
    ['other bytes come', { bytes: Buffer.from('something else') }, /not what Electron published/],
    ['it is refused', { status: 403 }, /403/],
    ['the answer stops', { bytes: zip.subarray(0, 100), hangs: true }, /no answer/]
  ])('is not there when %s, and that is remembered', async (_what, given, why) => {
    answer = () => given
    expect(await run({ silence: 200 })).toMatch(why)
    expect(existsSync(join(folder, 'dist'))).toBe(false)
    expect(existsSync(join(folder, 'path.txt'))).toBe(false)
    expect(readdirSync(folder).filter((one) => one.includes('.part'))).toEqual([])
    expect(shouldFetch({ ...facts, file: file() })).toBe(false)
    expect(shouldFetch({ ...facts, asked: true, file: file() })).toBe(true)
    expect(shouldFetch({ ...facts, version: '46.0.0', file: file() })).toBe(true)
    answer = () => ({ bytes: zip })
    expect(await run()).toBeNull()
    expect(existsSync(file())).toBe(false)
  })

  test('a mirror that is not there is a refusal like any other', async () => {
    server.close()
    expect(await run()).toBe('ECONNREFUSED')
  })
})

const facts = { has: false, windowed: true, browser: false, asked: false, env: {}, version: '45.4.1' }

test('it is fetched for a window, and never in CI, without a display, with --no-window or for a browser', () => {
  const at = (more: object): boolean => shouldFetch({ ...facts, file: '/nowhere', ...more })
  expect(at({})).toBe(true)
  for (const not of [{ has: true }, { windowed: false }, { browser: true }, { env: { CI: 'true' } }])
    expect([not, at(not)]).toEqual([not, false])
})
