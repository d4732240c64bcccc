import { get } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testLoopback, type TestLoopback } from '../support/loopback.ts'

describe('the loopback host lets in this machine’s window and nobody else', () => {
  let galley: TestLoopback
  beforeAll(async () => {
    galley = await testLoopback()
  })
  afterAll(() => galley.end())

  /** One raw request, so that headers and paths go out exactly as written. */
  function raw(request: string): Promise<string> {
    const port = Number(new URL(galley.host.origin).port)
    return new Promise((resolve, reject) => {
      let answer = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(request))
      socket
        .setEncoding('latin1')
        .on('data', (chunk) => {
          answer += String(chunk)
        })
        .on('end', () => resolve(answer))
        .on('error', reject)
    })
  }
  const host = (): string => new URL(galley.host.origin).host
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<string> =>
    raw(
      `${method} ${path} HTTP/1.1\r\n${Object.entries({
        Host: host(),
        Cookie: galley.cookie,
        Connection: 'close',
        ...headers
      })
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n`
    )
  const status = (answer: string): number => Number(answer.split(' ')[1])

  test('the page, its parts and every desk address are served to the window', async () => {
    expect(status(await ask('/'))).toBe(200)
    expect(await ask('/story/0190d9a0-0000-7000-8000-000000000001')).toContain('<title>desk</title>')
    expect(await ask('/settings')).toContain('<title>desk</title>')
    expect(await ask('/')).toContain('cache-control: no-store')
    expect(await ask('/assets/index-abc123.js')).toContain('immutable')
    expect(status(await ask('/assets/missing.js'))).toBe(404)
  })

  test('every answer carries the policy', async () => {
    for (const answer of [await ask('/'), await ask('/assets/missing.js'), await ask('/', { Cookie: '' })]) {
      const policy = /content-security-policy: ([^\r]*)/.exec(answer)?.[1] ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("style-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("form-action 'none'")
      expect(policy).toContain("require-trusted-types-for 'script'")
      expect(policy).toMatch(/trusted-types default(;|$)/)
      expect(policy).not.toMatch(/unsafe|\*|https:/)
      expect(answer).toContain('x-content-type-options: nosniff')
      expect(answer).toContain('referrer-policy: no-referrer')
      expect(answer).toContain('cross-origin-opener-policy: same-origin')
      expect(answer).toContain('cross-origin-resource-policy: same-origin')
    }
  })

  test('WebAssembly is compiled by the workers of the engines of spelling, and by nothing else', async () => {
    const scripts = async (path: string): Promise<string> => /script-src ([^;]*)/.exec(await ask(path))?.[1] ?? ''
    expect(await scripts('/assets/harper-worker-abc_1-2.js')).toBe("'self' 'wasm-unsafe-eval'")
    expect(await scripts('/assets/hunspell-worker-abc.js')).toBe("'self' 'wasm-unsafe-eval'")
    for (const path of [
      '/',
      '/settings',
      '/assets/index-abc123.js',
      '/assets/find-worker-abc.js',
      '/harper-worker-a.js'
    ])
      expect(await scripts(path), path).toBe("'self'")
  })

  test.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]', 'galley.test:80'])(
    'a page that came under the name %s reads nothing',
    async (name) => {
      const answer = await ask('/', { Host: name })
      expect(status(answer)).toBe(421)
      expect(answer).not.toContain('desk')
    }
  )

  test.each([
    ['two names, ours first', () => `GET / HTTP/1.1\r\nHost: ${host()}\r\nHost: evil.example\r\n`, 421],
    ['two names, ours last', () => `GET / HTTP/1.1\r\nHost: evil.example\r\nHost: ${host()}\r\n`, 421],
    ['our name twice', () => `GET / HTTP/1.1\r\nHost: ${host()}\r\nHost: ${host()}\r\n`, 421],
    ['a name with somebody before it', () => `GET / HTTP/1.1\r\nHost: ida@${host()}\r\n`, 421],
    ['no name', () => 'GET / HTTP/1.1\r\n', 400],
    ['no name, in the old way', () => 'GET / HTTP/1.0\r\n', 421],
    ['an address of somewhere else', () => `GET http://evil.example/ HTTP/1.1\r\nHost: ${host()}\r\n`, 400],
    ['our address written out', () => `GET http://${host()}/ HTTP/1.1\r\nHost: ${host()}\r\n`, 400],
    ['an address with two slashes', () => `GET //evil.example/ HTTP/1.1\r\nHost: ${host()}\r\n`, 400],
    ['an address that is a star', () => `GET * HTTP/1.1\r\nHost: ${host()}\r\n`, 400],
    ['two lengths', () => `GET / HTTP/1.1\r\nHost: ${host()}\r\nContent-Length: 0\r\nContent-Length: 5\r\n`, 400],
    [
      'a length and pieces',
      () => `GET / HTTP/1.1\r\nHost: ${host()}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n`,
      400
    ],
    ['a header on two lines', () => `GET / HTTP/1.1\r\nHost: ${host()}\r\n evil.example\r\n`, 400]
  ])('a request with %s is refused', async (_what, head, expected) => {
    const answer = await raw(`${head()}Cookie: ${galley.cookie}\r\nConnection: close\r\n\r\n`)
    expect(status(answer)).toBe(expected)
    expect(answer).not.toContain('desk')
  })

  test('another origin is refused whatever it asks', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1', `${galley.host.origin}.evil.example`]) {
      expect(status(await ask('/', { Origin: origin }))).toBe(403)
      expect(status(await ask('/', { Origin: origin, 'Content-Length': '0' }, 'POST'))).toBe(403)
    }
  })

  test('without the cookie nothing is served', async () => {
    const name = galley.cookie.split('=')[0] ?? ''
    for (const cookie of [
      '',
      'galley=x',
      `${name}=`,
      `${name}=${'A'.repeat(43)}`,
      `x${galley.cookie}`,
      galley.cookie.toUpperCase(),
      galley.cookie.slice(0, -1)
    ]) {
      for (const path of ['/', '/assets/index-abc123.js', `/media/${'a'.repeat(64)}`])
        expect(status(await ask(path, { Cookie: cookie }))).toBe(401)
    }
  })

  test('only GET and HEAD, and no bodies', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE']) {
      const answer = await ask('/', { 'Content-Length': '0' }, method)
      expect(status(answer)).toBe(405)
      expect(answer).toContain('allow: GET, HEAD')
    }
    expect(status(await ask('/', { 'Content-Length': '5' }))).toBe(413)
    expect(status(await ask('/', { 'Transfer-Encoding': 'chunked' }))).toBe(413)
    expect(status(await ask('/', { 'X-Long': 'x'.repeat(20_000) }))).toBe(431)
    const head = await ask('/', {}, 'HEAD')
    expect(head.split('\r\n\r\n')[1]).toBe('')
  })

  test.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.js',
    '/..%5csecret.js',
    '/assets/..\\..\\secret.js',
    '/../renderer-other.js',
    '//etc/passwd.js',
    '/assets/%00.js',
    '/%',
    '/file:///etc/passwd.js',
    '/..%2frenderer-other.js'
  ])('the address %s stays inside the folder', async (path) => {
    const answer = await ask(path)
    expect([400, 404]).toContain(status(answer))
    expect(answer).not.toContain('not yours')
  })

  test('a code lets one window in, once', async () => {
    const address = galley.host.enterAddress()
    const first = await fetch(address, { redirect: 'manual' })
    expect(first.status).toBe(303)
    expect(first.headers.get('location')).toMatch(/^\/#page-key=[\w-]{43}$/)
    expect(first.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/)
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(401)
    expect((await fetch(`${galley.host.origin}/enter?code=`, { redirect: 'manual' })).status).toBe(401)
    expect(
      (await fetch(`${galley.host.origin}/enter?code=guess`, { redirect: 'manual' })).headers.get('set-cookie')
    ).toBeNull()
  })

  test('a code is used up by nobody but the window that goes there', async () => {
    const address = galley.host.enterAddress()
    const path = address.slice(galley.host.origin.length)
    expect(status(await ask(path, { Cookie: '' }, 'HEAD'))).toBe(204)
    for (const ahead of [
      { 'Sec-Purpose': 'prefetch' },
      { 'Sec-Purpose': 'prefetch;prerender' },
      { Purpose: 'prefetch' },
      { 'X-Moz': 'prefetch' },
      { 'Sec-Fetch-Dest': 'image' },
      { 'Sec-Fetch-Dest': 'iframe' },
      { 'Sec-Fetch-Dest': 'empty' }
    ]) {
      const answer = await ask(path, { Cookie: '', ...ahead })
      expect(status(answer)).toBe(403)
      expect(answer).not.toMatch(/^(?:set-cookie|location):/im)
    }
    expect(status(await ask(path, { Host: 'evil.example' }))).toBe(421)
    expect(status(await ask(path, { Cookie: '', 'Sec-Fetch-Dest': 'document' }))).toBe(303)
    expect(status(await ask(path, { Cookie: '' }, 'HEAD'))).toBe(401)
  })

  test('pictures are served by their hash alone', async () => {
    expect(status(await ask(`/media/${'a'.repeat(64)}`))).toBe(404)
    for (const path of [
      '/media/',
      '/media/..%2f..%2fsecret',
      `/media/${'A'.repeat(64)}`,
      `/media/${'a'.repeat(64)}?w=0`,
      `/media/${'a'.repeat(64)}?w=99999`,
      `/media/${'a'.repeat(64)}/x`
    ]) {
      expect(status(await ask(path))).toBe(404)
    }
  })

  function refusedSocket(headers: Record<string, string>, pageKey?: string | null): Promise<number> {
    return new Promise((resolve) => {
      const socket = galley.socket(headers, pageKey)
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
      socket.on('open', () => resolve(101))
      socket.on('error', () => undefined)
    })
  }

  test('a socket needs our origin, our name and the cookie', async () => {
    expect(await refusedSocket({})).toBe(101)
    expect(await refusedSocket({ origin: 'https://evil.example' })).toBe(403)
    expect(await refusedSocket({ origin: 'null' })).toBe(403)
    expect(await refusedSocket({ host: 'evil.example' })).toBe(421)
    expect(await refusedSocket({ cookie: '' })).toBe(401)
    expect(await refusedSocket({ host: `ida@${host()}` })).toBe(421)
  })

  test('the cookie alone, which a browser sends to every port of this machine, opens no socket', async () => {
    expect(await refusedSocket({}, null)).toBe(401)
    expect(await refusedSocket({}, '')).toBe(401)
    expect(await refusedSocket({}, `${galley.pageKey.slice(0, -1)}-`)).toBe(401)
    expect(await refusedSocket({}, (galley.cookie.split('=')[1] ?? '').trim())).toBe(401)
    const other = await testLoopback()
    expect(await refusedSocket({}, other.pageKey)).toBe(401)
    await other.end()
    // What a page asks when its socket was refused.
    expect(status(await ask('/ws', {}, 'HEAD'))).toBe(401)
    expect(status(await ask('/ws', { 'Galley-Page-Key': galley.pageKey }, 'HEAD'))).toBe(204)
    expect(status(await ask('/ws', { 'Galley-Page-Key': galley.pageKey, Cookie: '' }, 'HEAD'))).toBe(401)
  })

  test('what is no message ends the socket, and too much of one too', async () => {
    const closed = (send: string | Buffer): Promise<number> =>
      new Promise((resolve) => {
        const socket = galley.socket()
        socket.on('open', () => socket.send(send))
        socket.on('close', (code) => resolve(code))
        socket.on('error', () => undefined)
      })
    expect(await closed('{')).toBe(1007)
    expect(await closed('[]')).toBe(1007)
    expect(await closed(Buffer.from([1, 2, 3]))).toBe(1007)
    expect(await closed('x'.repeat(64 * 1024 * 1024 + 1))).toBe(1009)
  })
})

describe('codes do not last', () => {
  /** On a connection of its own: the pool of `fetch` holds on to those of the host before. */
  function knocking({ host }: TestLoopback, cookie: string): Promise<number> {
    return new Promise((resolve, reject) => {
      get(host.origin, { agent: false, headers: { cookie } }, (response) =>
        resolve(response.resume().statusCode ?? 0)
      ).on('error', reject)
    })
  }

  test('after half a minute a code is no good', async () => {
    const { ManualClock } = await import('../support/manual-clock.ts')
    const clock = new ManualClock()
    const galley = await testLoopback({ clock })
    const early = galley.host.enterAddress()
    const late = galley.host.enterAddress()
    clock.advance(29_000)
    expect((await fetch(early, { redirect: 'manual' })).status).toBe(303)
    clock.advance(2_000)
    expect((await fetch(late, { redirect: 'manual' })).status).toBe(401)
    await galley.end()
  })

  test('a host started again with the same key on the same port knows its windows', async () => {
    const first = await testLoopback({ key: 'lent by the parent' })
    const port = Number(new URL(first.host.origin).port)
    await first.end()
    const second = await testLoopback({ key: 'lent by the parent', port })
    expect(await knocking(second, first.cookie)).toBe(200)
    expect(second.pageKey).toBe(first.pageKey)
    await second.end()
    const third = await testLoopback({ port })
    expect(await knocking(third, first.cookie)).toBe(401)
    await third.end()
  })
})
