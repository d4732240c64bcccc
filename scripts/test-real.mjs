// npm run test:real: the specs of every shell, on the program that `npm run package -- --dir --inspectable` has made.
// Needs a display; on Linux it makes one where there is none and xvfb is installed.
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasDisplay, requireNode, root } from './lib/places.mjs'

const [program] = globSync(
  { darwin: 'dist/mac*/Galley.app/Contents/MacOS/Galley', win32: 'dist/win*-unpacked/Galley.exe' }[process.platform] ??
    'dist/linux*-unpacked/galley',
  { cwd: root }
)
if (!program) fail('There is no program in dist. Run `npm run package -- --dir --inspectable` first.')
if (readFileSync(join(root, program)).subarray(0, 6).toString() === 'hollow')
  fail('The program in dist was packed around a hollow Electron: there is nothing to run.')
const node = requireNode()
const args = [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--project=electron']
const [command, ...more] = hasDisplay() ? [node, ...args] : ['xvfb-run', '-a', node, ...args]
const { status, error } = spawnSync(command, more, {
  cwd: root,
  stdio: 'inherit',
  // The window on the virtual screen counts as a display for the suite's list of shells.
  env: { ...process.env, GALLEY_TEST_PROGRAM: join(root, program) }
})
if (error) fail('There is no display here. Install xvfb, or run this where there is one.')
process.exitCode = status ?? 1

function fail(why) {
  console.error(why)
  process.exit(1)
}
