import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from '@playwright/test'
import { expect, test } from './desk.ts'

test('another site in the same browser, and one that rebinds its name to this machine, read nothing', async ({
  desk,
  launchOptions
}) => {
  const galley = new URL(desk.page.url())
  const attacker = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>attacker</title>')
  )
  await new Promise<void>((resolve) => {
    attacker.listen(0, '127.0.0.1', resolve)
  })
  const port = (attacker.address() as AddressInfo).port

  // A tab of the very browser that holds the cookie, on another origin.
  const tab = await desk.page.context().newPage()
  await tab.goto(`http://localhost:${port}/`)
  const got = await tab.evaluate(async (origin) => {
    const attempt = (work: Promise<unknown>): Promise<string> =>
      work.then(
        (value) => `got ${String(value)}`,
        () => 'nothing'
      )
    const load = (tag: 'img' | 'script' | 'iframe', src: string): Promise<string> =>
      new Promise((resolve) => {
        const element = Object.assign(document.createElement(tag), {
          src,
          onload: () => resolve('loaded'),
          onerror: () => resolve('nothing')
        })
        document.body.append(element)
      })
    return {
      fetched: await attempt(fetch(`${origin}/`, { credentials: 'include' }).then((response) => response.text())),
      opaque: await attempt(
        fetch(`${origin}/`, { credentials: 'include', mode: 'no-cors' }).then((response) => response.text())
      ),
      posted: await attempt(
        fetch(`${origin}/`, { method: 'POST', body: '{}', credentials: 'include', mode: 'no-cors' }).then((response) =>
          response.text()
        )
      ),
      script: await load('script', `${origin}/assets/x.js`),
      image: await load('img', `${origin}/media/${'a'.repeat(64)}`),
      socket: await new Promise((resolve) => {
        const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`)
        socket.addEventListener('open', () => resolve('open'))
        socket.addEventListener('error', () => resolve('nothing'))
      })
    }
  }, galley.origin)
  expect(got).toEqual({
    fetched: 'nothing',
    opaque: 'nothing',
    posted: 'nothing',
    script: 'nothing',
    image: 'nothing',
    socket: 'nothing'
  })

  // A browser that takes the attacker's name for this machine.
  const fooled = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), '--host-resolver-rules=MAP evil.example 127.0.0.1']
  })
  const rebound = await fooled.newPage()
  const response = await rebound.goto(`http://evil.example:${galley.port}/`)
  expect(response?.status()).toBe(421)
  expect(await rebound.evaluate(async () => (await fetch('/assets/x.js')).status)).toBe(421)
  await fooled.close()
  await tab.close()
  await new Promise((resolve) => {
    attacker.close(resolve)
  })
})
