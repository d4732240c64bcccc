// npm run dev: the desk with hot reload. In Electron where its binary is, else Vite's server in front of a loopback
// host.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { watch } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { electronBinary, hasDisplay, out, requireNode, root } from './lib/places.mjs'

const node = requireNode()
if (node !== process.execPath && Number(process.versions.node.split('.')[0]) < 24) {
  // Vite and its plugins want the same Node as the rest.
  spawn(node, [process.argv[1], ...process.argv.slice(2)], { stdio: 'inherit' }).on('close', (code) =>
    process.exit(code ?? 0)
  )
} else if (electronBinary() && hasDisplay()) {
  spawn(
    node,
    [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'dev', '--watch', ...process.argv.slice(2)],
    { cwd: root, stdio: 'inherit' }
  ).on('close', (code) => process.exit(code ?? 0))
} else await serve()

async function serve() {
  const key = randomBytes(32).toString('base64url')
  const library = join(root, '.cache', 'dev-library')
  let host = null
  let target = null
  let restarting = false

  await build().catch((error) => {
    console.error(error.message)
    process.exit(1)
  })
  const address = await start('0')
  target = new URL(address).origin
  const { createServer } = await import('vite')
  const { default: react } = await import('@vitejs/plugin-react')
  const toHost = { target, changeOrigin: true, configure: (proxy) => proxy.on('proxyReq', ours).on('proxyReqWs', ours) }
  const vite = await createServer({
    configFile: false,
    root: resolve(root, 'src/renderer'),
    plugins: [react()],
    worker: { format: 'es' },
    server: {
      host: '127.0.0.1',
      port: 5173,
      proxy: {
        '/enter': toHost,
        '/media': toHost,
        '/dictionaries': toHost,
        '/uploads': toHost,
        '/ws': { ...toHost, ws: true }
      }
    }
  })
  await vite.listen()
  console.log(
    `\nOpen ${vite.resolvedUrls.local[0].replace(/\/$/, '')}${new URL(address).pathname}${new URL(address).search}\nThe library is ${library}. Changes to the core build and start it again; the page reconnects.\n`
  )

  let due = null
  for (const folder of ['src/main', 'src/shared']) {
    watch(join(root, folder), { recursive: true }, () => {
      clearTimeout(due)
      due = setTimeout(restart, 200)
    })
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => host.kill('SIGTERM'))

  /** The host believes requests from its own origin alone. */
  function ours(request) {
    request.setHeader('origin', target)
  }

  function build() {
    return new Promise((done, failed) => {
      spawn(
        node,
        [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--outDir', out, '--logLevel', 'warn'],
        { cwd: root, stdio: 'inherit' }
      ).on('close', (code) => (code === 0 ? done() : failed(new Error('The build failed.'))))
    })
  }

  function start(port) {
    return new Promise((done) => {
      host = spawn(
        node,
        [
          '--enable-source-maps',
          join(out, 'main/headless.js'),
          '--end-with-parent',
          '--port',
          port,
          '--library',
          library
        ],
        { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, GALLEY_WINDOW_KEY: key } }
      )
      createInterface(host.stdout).on('line', (line) => {
        const found = /^Galley is at (\S+)$/.exec(line)?.[1]
        if (found) done(found)
      })
      host.on('close', (code) => {
        if (!restarting) process.exit(code ?? 0)
      })
    })
  }

  async function restart() {
    if (restarting) return
    restarting = true
    try {
      await build()
      const ended = new Promise((done) => {
        host.on('close', done)
      })
      host.kill('SIGTERM')
      await ended
      await start(new URL(target).port)
    } catch (error) {
      console.error(error.message)
    }
    restarting = false
  }
}
