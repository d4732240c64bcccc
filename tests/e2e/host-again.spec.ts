import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { requireNode, root } from '../../scripts/lib/places.mjs'
import { StoryPage } from './story-page.ts'
import { expect, test } from '@playwright/test'

// The processes of a process are asked for by a program that Windows does not have.
test.skip(process.platform === 'win32')

test('a host killed under a window at the printed address comes back there, and the words are saved', async ({
  page
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'galley-again-'))
  const start = spawn(
    requireNode(),
    [join(root, 'scripts/start.mjs'), '--no-window', '--library', join(folder, 'Library')],
    { stdio: ['ignore', 'pipe', 'inherit'] }
  )
  const ended = new Promise((resolve) => start.once('exit', resolve))
  try {
    const lines: string[] = []
    createInterface(start.stdout).on('line', (line) => lines.push(line))
    await expect.poll(() => lines.find((line) => line.startsWith('Galley is at ')), { timeout: 60_000 }).toBeTruthy()
    await page.goto(lines.find((line) => line.startsWith('Galley is at '))?.slice('Galley is at '.length) ?? '')
    const story = new StoryPage(page)
    await story.newStory()
    await story.write(story.body, 'Before. ')
    await story.onDisk()
    const [host] = execFileSync('pgrep', ['-P', String(start.pid), '-f', 'headless.js'], { encoding: 'utf8' }).split(
      '\n'
    )
    process.kill(Number(host), 'SIGKILL')
    await page.keyboard.type('While the host was gone.')
    await expect(story.status).toHaveText(/^On disk \d/, { timeout: 30_000 })
    await expect(story.body).toHaveText('Before. While the host was gone.')
    expect(lines).toContain('Galley had to be started again; its window goes on.')
    await page.reload()
    await expect(story.body).toHaveText('Before. While the host was gone.')
  } finally {
    start.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
})
