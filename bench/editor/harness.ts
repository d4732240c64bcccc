import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import sharp from 'sharp'
import { build } from 'vite'
import { BENCH, CACHE } from '../lib/paths.ts'
import { makePaste, makeStory, PICTURES, toHtml, toPlainText } from '../text/story.ts'

export const peers = [
  'harness',
  'textarea',
  'contenteditable',
  'lexical',
  'prosemirror',
  'tiptap',
  'quill',
  'ckeditor'
] as const
export type PeerName = (typeof peers)[number]

/** The last words of what is pasted. */
export const PASTE_END = 'Here ends what was pasted'
export const PASTE_BYTES = 500_000

export interface Harness {
  readonly origin: string
  close(): Promise<void>
}

/**
 * Bundles every peer as its maker would ship it (production mode, minified) and serves a page for each on this machine.
 */
export async function startHarness(seed: number): Promise<Harness> {
  const outDir = join(CACHE, 'harness')
  await build({
    root: BENCH,
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    build: {
      outDir,
      emptyOutDir: true,
      minify: true,
      target: 'es2024',
      modulePreload: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        input: Object.fromEntries(peers.map((peer) => [peer, join(BENCH, 'editor', 'peers', `${peer}.ts`)])),
        output: { entryFileNames: '[name].js', assetFileNames: '[name][extname]', chunkFileNames: 'chunk-[hash].js' }
      }
    }
  })
  const pictures = await Promise.all(Array.from({ length: PICTURES }, (_, number) => makePicture(number)))

  function answer(path: string, query: URLSearchParams): { type: string; body: string | Buffer } | null {
    const [, kind = '', name = ''] = path.split('/')
    if (kind === 'peer' && (peers as readonly string[]).includes(name))
      return { type: 'text/html', body: harnessPage(name, existsSync(join(outDir, `${name}.css`))) }
    if (kind === 'story') {
      const blocks = makeStory(Number(name), seed)
      return { type: 'application/json', body: JSON.stringify({ html: toHtml(blocks), text: toPlainText(blocks) }) }
    }
    if (kind === 'paste') return { type: 'text/html', body: makePaste(Number(query.get('bytes')), seed + 1, PASTE_END) }
    if (kind === 'blank') return { type: 'text/html', body: '<!doctype html><title>blank</title>' }
    if (kind === 'picture') {
      const body = pictures[Number.parseInt(name, 10)]
      return body ? { type: 'image/png', body } : null
    }
    if (kind === 'assets' && /^[\w.-]+$/.test(name) && existsSync(join(outDir, name)))
      return { type: TYPES[extname(name)] ?? 'application/octet-stream', body: readFileSync(join(outDir, name)) }
    return null
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const found = answer(url.pathname, url.searchParams)
    if (found)
      response
        .writeHead(200, { 'content-type': `${found.type}; charset=utf-8`, 'cache-control': 'no-store' })
        .end(found.body)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

/** A small picture whose bytes differ by number. */
export async function makePicture(number: number): Promise<Buffer> {
  const background = { r: (number * 47) % 256, g: (number * 89) % 256, b: 128 }
  return sharp({ create: { width: 640, height: 360, channels: 3, background } })
    .png()
    .toBuffer()
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml'
}

/** The same column, type and scrolling for every peer. */
function harnessPage(peer: string, hasStyles: boolean): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${peer}</title>
<link rel="icon" href="data:,">
${hasStyles ? `<link rel="stylesheet" href="/assets/${peer}.css">` : ''}
<style>
  html, body { margin: 0; height: 100% }
  #host { height: 100vh; overflow: auto }
  #host > * { max-width: 720px; margin: 0 auto }
  #host .prose { max-width: 720px; margin: 0 auto; padding: 24px; box-sizing: border-box; font: 18px/1.6 serif; outline: none; height: auto; overflow: visible; white-space: pre-wrap; overflow-wrap: break-word }
  #host .prose p { margin: 0 0 16px }
  #host .prose h2 { margin: 24px 0 12px; font: 700 24px/1.3 serif }
  #host .prose img { display: block; width: 640px; height: 360px; max-width: 100% }
  #host.plain { overflow: hidden }
  #host textarea.plain { display: block; width: 720px; height: 100vh; overflow: auto; border: 0; resize: none }
</style>
<div id="host"></div>
<script type="module" src="/assets/${peer}.js"></script>
</html>
`
}
