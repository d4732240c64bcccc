import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { requireNode } from '../../scripts/lib/places.mjs'
import { endProcess, startHostProcess, type HostProcess } from '../support/host-process.ts'
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts'
import { StoryPage } from './story-page.ts'

let folder: string
let host: HostProcess | null = null
const mounted: SmallDisk[] = []

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'galley-recovery-'))
})
test.afterEach(async () => {
  if (host) await endProcess(host.child, 'SIGTERM')
  host = null
  for (const disk of mounted.splice(0)) disk.remove()
  rmSync(folder, { recursive: true, force: true })
})

function make(library: string, fault: 'empty' | 'foreign-log' | 'story' | 'none'): string[] {
  const made = spawnSync(requireNode(), [join(import.meta.dirname, '../support/damaged-library.ts'), library, fault], {
    encoding: 'utf8'
  })
  expect(made.stderr).toBe('')
  return JSON.parse(made.stdout) as string[]
}

async function open(page: Page, library: string, address = '/'): Promise<void> {
  host = await startHostProcess(library, join(folder, 'Exports'))
  await page.goto(host.address)
  if (address !== '/') await page.goto(new URL(address, host.address).href)
  await page.getByRole('contentinfo', { name: 'Status' }).waitFor()
}

test('a library file of 0 bytes: the window says what came back, from when, what is missing and where the file is', async ({
  page
}, info) => {
  const library = join(folder, 'Library')
  make(library, 'empty')
  await open(page, library)
  const told = page.getByRole('alertdialog')
  await expect(told).toContainText('the library file was empty')
  await expect(told).toContainText('put together again from the backup of')
  await expect(told).toContainText('3 stories')
  await expect(told.getByRole('row').filter({ hasText: 'Bridge closes for a year' })).toBeVisible()
  await expect(told).toContainText(join('Library', 'quarantine'))
  // Sentence and table are in one zone, the desk's, and neither says what the other says.
  await expect(told).not.toContainText('GMT+2')
  await expect(told.getByText(/Bridge closes for a year/)).toHaveCount(1)
  await expect(told.getByText(/quarantine/)).toHaveCount(1)
  await page.screenshot({ path: info.outputPath('empty.png') })
  await told.getByRole('button', { name: 'Look at the backups' }).click()
  await expect(page.getByRole('heading', { name: 'Recovery' })).toBeVisible()
  const backups = page.getByRole('region', { name: 'Backups' })
  await expect(backups).toContainText('Whole')
  await backups.getByRole('button', { name: 'Show stories' }).first().click()
  await expect(page.getByRole('cell', { name: 'Harvest begins early' })).toBeVisible()
  await page.screenshot({ path: info.outputPath('recovery.png') })
  // A story is compared with today's word by word, in the view every comparison is in.
  await page
    .getByRole('row', { name: /Harvest begins early/ })
    .getByRole('button', { name: 'Look' })
    .click()
  const sides = page.getByRole('dialog', { name: 'Harvest begins early' })
  await expect(sides).toContainText('In the backup')
  await expect(sides).toContainText('the first report')
  await sides.getByRole('button', { name: 'Close' }).last().click()
  // A second folder that is not there is said wherever the person is.
  await page.getByLabel('Folder for a second copy of the backups').fill(join(folder, 'unplugged'))
  await page.getByRole('region', { name: 'Second place' }).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('region', { name: 'Second place' })).toContainText('not available')
  await expect(
    page.getByRole('contentinfo', { name: 'Status' }).getByRole('button', { name: 'No second backup' })
  ).toBeVisible()
  // It was seen: the next look at the desk says nothing of it.
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Recovery' })).toBeVisible()
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
})

test('another library’s log: nothing of it is used, and the window says so', async ({ page }, info) => {
  const library = join(folder, 'Library')
  make(library, 'foreign-log')
  await open(page, library)
  await expect(page.getByRole('alertdialog')).toContainText('belonged to another library')
  await page.screenshot({ path: info.outputPath('foreign-log.png') })
  await page.getByRole('button', { name: 'Understood' }).click()
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
})

test('one damaged story: its whole versions stand in its place, and one press goes on from the best', async ({
  page
}, info) => {
  const library = join(folder, 'Library')
  const [, second] = make(library, 'story')
  await open(page, library, `/story/${second}`)
  await expect(page.getByText('This story is damaged')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Continue from this one' }).first()).toBeVisible()
  await page.screenshot({ path: info.outputPath('damaged-story.png') })
  await page.getByRole('button', { name: 'Continue from this one' }).first().click()
  await expect(page.getByText('And what was added after the backup.')).toBeVisible()
  await expect(page.getByText('Harvest begins early').first()).toBeVisible()
})

/** The library on a disk of its own. Skips the test where none can be mounted. */
function onDisk(): { disk: SmallDisk; library: string } {
  const made = join(folder, 'made')
  make(made, 'none')
  const disk = mountSmallDisk(join(folder, 'disk'), 6)
  test.skip(disk === null, 'needs to mount a disk: Linux and root')
  if (!disk) throw new Error('It was skipped')
  mounted.push(disk)
  cpSync(made, join(disk.folder, 'Library'), { recursive: true })
  return { disk, library: join(disk.folder, 'Library') }
}

test('a read-only disk: the library opens for reading, says why, and is searched', async ({ page }, info) => {
  const { disk, library } = onDisk()
  disk.makeReadOnly()
  await open(page, library)
  await expect(page.getByRole('status').filter({ hasText: 'cannot be written to' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search stories' }).fill('added after the backup')
  await page.getByRole('option', { name: /Harvest begins early/ }).click()
  await expect(page.getByText('And what was added after the backup.').last()).toBeVisible()
  await page.screenshot({ path: info.outputPath('read-only.png') })
})

test('a disk that fills up: what is typed stays in the window and is saved by itself; full at the next opening, all is there to read', async ({
  page
}, info) => {
  const { disk, library } = onDisk()
  await open(page, library)
  const story = new StoryPage(page)
  await page.getByRole('option', { name: /Harvest begins early/ }).click()
  await story.write(story.standfirst, 'Before. ')
  await story.onDisk()
  disk.fill()
  await page.keyboard.type('While it was full. ')
  await expect(story.status).toContainText(/NOT SAVED since .*The disk is full/)
  await page.screenshot({ path: info.outputPath('fills-up.png') })
  await expect(story.standfirst).toContainText('While it was full.')
  disk.makeRoom()
  await story.onDisk()

  disk.fill()
  if (host) await endProcess(host.child, 'SIGKILL')
  await open(page, library)
  await expect(page.getByRole('status').filter({ hasText: 'The disk is full' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search stories' }).fill('while it was full')
  await page.getByRole('option', { name: /Harvest begins early/ }).click()
  await expect(story.standfirst).toContainText('While it was full.')
  await page.screenshot({ path: info.outputPath('full.png') })
  await page.keyboard.press('ControlOrMeta+Shift+E')
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await dialog.getByRole('button', { name: 'Write files' }).click()
  await expect(dialog.getByText(/files? written/)).toBeVisible()
  expect(readdirSync(join(folder, 'Exports'))).not.toEqual([])
})
