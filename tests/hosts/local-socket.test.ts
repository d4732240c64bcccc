import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectToRunning, showRunning } from '../../src/main/hosts/local/client.ts'
import { splitLines } from '../../src/main/hosts/local/lines.ts'
import { startLocalServer, tryLocalServer } from '../../src/main/hosts/local/server.ts'
import { Sessions } from '../../src/main/hosts/sessions.ts'
import { freshCore } from '../support/host-cores.ts'
import { contractSuite } from './contract-suite.ts'

contractSuite('the local control socket', async () => {
  const fresh = await freshCore()
  const sessions = new Sessions(fresh.core)
  const server = await startLocalServer({ library: fresh.library, sessions })
  return {
    ...fresh,
    async link() {
      const transport = await connectToRunning(fresh.library)
      if (!transport) throw new Error('no instance found')
      return { transport, close: () => transport.close() }
    },
    async end() {
      await server.close()
      sessions.close()
      await fresh.end()
    }
  }
})

describe('the local control socket', () => {
  let fresh: Awaited<ReturnType<typeof freshCore>>
  let sessions: Sessions
  let server: Awaited<ReturnType<typeof startLocalServer>>
  const shown: (string | null)[] = []

  beforeEach(async () => {
    fresh = await freshCore()
    sessions = new Sessions(fresh.core)
    server = await startLocalServer({
      library: fresh.library,
      sessions,
      onSecondStart(address) {
        shown.push(address)
        return 'http://127.0.0.1:1/enter?code=x'
      }
    })
  })
  afterEach(async () => {
    await server.close()
    sessions.close()
    await fresh.end()
  })

  test('a second start is shown the first', async () => {
    expect(await showRunning(fresh.library, '/story/1')).toBe('http://127.0.0.1:1/enter?code=x')
    expect(shown).toEqual(['/story/1'])
  })

  test.runIf(process.platform !== 'win32')('the file and the socket are their owner’s alone', () => {
    expect(statSync(join(fresh.library, '.instance.json')).mode & 0o777).toBe(0o600)
    const { socket } = JSON.parse(readFileSync(join(fresh.library, '.instance.json'), 'utf8')) as { socket: string }
    expect(statSync(join(socket, '..')).mode & 0o777).toBe(0o700)
    expect(socket.length).toBeLessThan(100)
  })

  test('without the key nothing is answered', async () => {
    const file = join(fresh.library, '.instance.json')
    const instance = JSON.parse(readFileSync(file, 'utf8')) as { socket: string; key: string }
    const answer = (first: string): Promise<string> =>
      new Promise((resolve) => {
        let got = ''
        const socket = connect(instance.socket, () => socket.write(first))
        socket
          .on('data', (chunk) => {
            got += String(chunk)
          })
          .on('close', () => resolve(got))
          .on('error', () => undefined)
      })
    const request = JSON.stringify({ id: 0, call: 'app.info', input: {} })
    expect(await answer(`${JSON.stringify({ key: 'x'.repeat(32), use: 'contract' })}\n${request}\n`)).toBe('')
    expect(await answer(`${request}\n`)).toBe('')
    expect(await answer('x'.repeat(3000))).toBe('')
    chmodSync(file, 0o600)
    writeFileSync(file, JSON.stringify({ ...instance, key: 'y'.repeat(32) }))
    expect(await connectToRunning(fresh.library)).toBeNull()
    writeFileSync(file, JSON.stringify(instance))
    expect(await connectToRunning(fresh.library)).not.toBeNull()
  })

  test('what an instance that died left behind counts as nothing', async () => {
    await server.close()
    writeFileSync(
      join(fresh.library, '.instance.json'),
      JSON.stringify({ socket: '/nowhere/at-all', key: 'k'.repeat(32), pid: 1 })
    )
    expect(await connectToRunning(fresh.library)).toBeNull()
    writeFileSync(join(fresh.library, '.instance.json'), 'torn {')
    expect(await showRunning(fresh.library, null)).toBeNull()
  })

  test.runIf(process.platform !== 'win32')(
    'sockets of instances that were killed are swept when the library is opened again',
    async () => {
      const { socket } = JSON.parse(readFileSync(join(fresh.library, '.instance.json'), 'utf8')) as { socket: string }
      await server.close()
      const left = socket.replace(/\d+$/, '99999999')
      writeFileSync(left, '')
      server = await startLocalServer({ library: fresh.library, sessions })
      expect(existsSync(left)).toBe(false)
    }
  )

  test('a library open for reading only has nobody to hand calls to, and a folder that takes no file stops nothing', async () => {
    await server.close()
    const said: string[] = []
    expect(
      await tryLocalServer({ library: fresh.library, sessions }, { readOnly: true }, (line) => said.push(line))
    ).toBeNull()
    expect(said).toEqual([])
    expect(
      await tryLocalServer({ library: join(fresh.library, 'not', 'there'), sessions }, { readOnly: false }, (line) =>
        said.push(line)
      )
    ).toBeNull()
    expect(said).toHaveLength(1)
    expect(await connectToRunning(fresh.library)).toBeNull()
    server = await startLocalServer({ library: fresh.library, sessions })
  })

  test('requests under way fail in plain words when the instance goes', async () => {
    const transport = await connectToRunning(fresh.library)
    await server.close()
    await expect
      .poll(() =>
        transport?.request({ call: 'app.info', input: {} }).then(
          () => 'answered',
          (error: { code: string }) => error.code
        )
      )
      .toBe('unreachable')
  })
})

test('lines are put together however the bytes come', () => {
  const got: string[] = []
  let gaveUp = 0
  const take = splitLines(
    (line) => got.push(line),
    () => 10,
    () => {
      gaveUp += 1
    }
  )
  for (const chunk of ['a', 'b\nc', '\n\nde', 'f\n']) take(chunk)
  expect(got).toEqual(['ab', 'c', '', 'def'])
  take('0123456789')
  expect(gaveUp).toBe(0)
  take('0')
  expect(gaveUp).toBe(1)
})
