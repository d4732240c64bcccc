import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { requireNode, root } from '../../scripts/lib/places.mjs'
import { StoryPage } from './story-page.ts'
import { expect, test } from '@playwright/test'

test('a host killed under a window at the printed address comes back there, and the words are saved', async ({
  page
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'galley-again-'))
  const library = join(folder, 'Library')
  const start = spawn(requireNode(), [join(root, 'scripts/start.mjs'), '--no-window', '--library', library], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
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
    const { pid } = JSON.parse(readFileSync(join(library, '.instance.json'), 'utf8')) as { pid: number }
    process.kill(pid, 'SIGKILL')
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
