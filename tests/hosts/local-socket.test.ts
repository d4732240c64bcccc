import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectToRunning, showRunning } from '../../src/main/hosts/local/client.ts'
import { splitLines } from '../../src/main/hosts/local/lines.ts'
import { startLocalServer, tryLocalServer } from '../../src/main/hosts/local/server.ts'
import { Sessions } from '../../src/main/hosts/sessions.ts'
import { freshCore } from '../support/host-cores.ts'
import { testLoopback } from '../support/loopback.ts'
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
  /** What the first start lends the second. */
  let lent: string | null = null

  beforeEach(async () => {
    fresh = await freshCore()
    sessions = new Sessions(fresh.core)
    server = await startLocalServer({
      library: fresh.library,
      sessions,
      onSecondStart(address) {
        shown.push(address)
        return lent
      }
    })
  })
  afterEach(async () => {
    await server.close()
    sessions.close()
    await fresh.end()
  })

  test('a second start is shown the first', async () => {
    expect(await showRunning(fresh.library, '/story/1')).toBe(true)
    expect(shown).toEqual(['/story/1'])
    const loopback = await testLoopback()
    lent = loopback.host.enterAddress()
    expect(await showRunning(fresh.library, null)).toBe(lent)
    // It still lets its window in.
    expect((await fetch(lent, { redirect: 'manual' })).status).toBe(303)
    await loopback.end()
  })

  test('an address that leads anywhere but into a loopback host of ours is not opened', async () => {
    const loopback = await testLoopback()
    const good = loopback.host.enterAddress()
    const port = new URL(loopback.host.origin).port
    const asked: string[] = []
    const impostor = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(200).end()
    })
    await new Promise<void>((resolve) => {
      impostor.listen(0, '127.0.0.1', resolve)
    })
    const elsewhere = (impostor.address() as AddressInfo).port
    for (const address of [
      'https://evil.example/enter?code=x',
      good.replace('http:', 'https:'),
      good.replace('127.0.0.1', 'localhost'),
      good.replace('127.0.0.1', '127.0.0.1.evil.example'),
      good.replace('//', '//ida@'),
      good.replace('/enter', '/settings'),
      `${good}&more=1`,
      `${good}#x`,
      good.slice(0, -1),
      `file:///etc/passwd`,
      // A code that this host did not make, and a server that is none of ours.
      good.replace(/code=.*/, `code=${'a'.repeat(32)}`),
      good.replace(`:${port}/`, `:${elsewhere}/`),
      good.replace(`:${port}/`, ':1/')
    ]) {
      lent = address
      await expect(showRunning(fresh.library, null), address).rejects.toMatchObject({ code: 'refused' })
    }
    expect(asked).toHaveLength(1)
    lent = null
    await new Promise((resolve) => {
      impostor.close(resolve)
    })
    await loopback.end()
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
