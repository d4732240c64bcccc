import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { engineSwitches } from '../../scripts/lib/browsers.mjs'
import { out, requireNode, root } from '../../scripts/lib/places.mjs'
import type {} from '../../src/renderer/host/bridge.ts'
import { approve, makeStory, withCalls } from './calls.ts'
import { definedEnv, expect, test, type Desk } from './desk.ts'
import { StoryPage } from './story-page.ts'

/** What only the stand-in has: what was opened, asked and allowed. */
interface StandIn {
  readonly shell: { readonly standInOpened: readonly string[] }
  readonly dialog: { standInAnswer(...answers: unknown[]): void; readonly standInAsked: readonly { kind: string }[] }
}

function appOf(desk: Desk): ElectronApplication {
  if (!desk.app) throw new Error('these tests are for Electron’s shells')
  return desk.app
}

const opened = (desk: Desk): Promise<readonly string[]> =>
  appOf(desk).evaluate((electron) => (electron as unknown as StandIn).shell.standInOpened)

test('the page has the bridge and nothing else of Electron or Node', async ({ desk }) => {
  expect(
    await desk.page.evaluate(() => ({
      bridge: Object.keys(window.galley ?? {}).toSorted(),
      frozen: Object.isFrozen(window.galley),
      leaks: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in globalThis)
    }))
  ).toEqual({ bridge: ['onPush', 'request'], frozen: true, leaks: [] })
})

test('the engine of the windows is told what the browser window’s is', async ({ desk }) => {
  expect(await appOf(desk).evaluate(({ app }) => (app as unknown as { switches: readonly string[] }).switches)).toEqual(
    engineSwitches
  )
})

test('windows are made sandboxed, isolated and without Node', async ({ desk }) => {
  const preferences = await appOf(desk).evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => {
      const { preload: _, ...rest } = (window as unknown as { options: { webPreferences: Record<string, unknown> } })
        .options.webPreferences
      return rest
    })
  )
  expect(preferences).toEqual([
    {
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      // Nothing is fetched that nobody asked for.
      spellcheck: process.platform === 'darwin'
    }
  ])
})

test('the page stays where it is: links go to the browser, windows are not opened, nothing else leaves', async ({
  desk
}) => {
  const { page } = desk
  const home = page.url()
  await page.evaluate(() => {
    window.open('https://example.org/opened')
  })
  await page.evaluate(() => {
    location.href = 'https://example.org/navigated'
  })
  await expect.poll(() => opened(desk)).toEqual(['https://example.org/opened', 'https://example.org/navigated'])
  await page.evaluate(() => {
    window.open('file:///etc/passwd')
    location.href = 'file:///etc/passwd'
    window.open('javascript:alert(1)')
  })
  await page.evaluate(() => {
    const form = Object.assign(document.createElement('form'), { action: 'https://example.org/form', method: 'post' })
    document.body.append(form)
    form.submit()
    const frame = Object.assign(document.createElement('iframe'), { src: 'https://example.org/frame' })
    document.body.append(frame)
  })
  await expect.poll(() => desk.problems.length).toBe(2)
  for (const problem of desk.problems.splice(0))
    expect(problem).toMatch(/Security Policy directive: "(form-action 'none'|frame-src 'self')"/)
  expect(page.url()).toBe(home)
  expect(await opened(desk)).toHaveLength(2)
  expect(appOf(desk).windows()).toHaveLength(1)
})

test('no permission is given, but for text to the clipboard', async ({ desk }) => {
  const answers = await appOf(desk).evaluate(async ({ BrowserWindow, session }) => {
    const ask = (
      session.defaultSession as unknown as {
        standInAsk(
          contents: unknown,
          permission: string,
          origin: string
        ): Promise<{ request: boolean; check: boolean; device: boolean }>
      }
    ).standInAsk
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const got: Record<string, unknown> = {}
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'midi',
      'openExternal',
      'clipboard-read',
      'hid',
      'serial',
      'usb',
      'fileSystem',
      'display-capture',
      'clipboard-sanitized-write'
    ]) {
      got[permission] = await ask(contents, permission, 'app://galley/')
    }
    got['elsewhere'] = await ask(contents, 'clipboard-sanitized-write', 'https://evil.example/')
    return got
  })
  const { 'clipboard-sanitized-write': clipboard, elsewhere, ...rest } = answers
  expect(clipboard).toMatchObject({ request: true, check: true })
  expect(elsewhere).toMatchObject({ check: false })
  for (const answer of Object.values(rest)) expect(answer).toEqual({ request: false, check: false, device: false })
})

/** Chooses an entry of the menu. */
const choose = (desk: Desk, id: string): Promise<void> =>
  appOf(desk).evaluate(({ Menu }, item) => {
    const found = Menu.getApplicationMenu()?.getMenuItemById(item)
    if (!found) throw new Error(`The menu has no ${item}`)
    found.click()
  }, id)

const answer = (desk: Desk, ...answers: unknown[]): Promise<void> =>
  appOf(desk).evaluate((electron, given) => (electron as unknown as StandIn).dialog.standInAnswer(...given), answers)

test('every entry of the menu does what it says', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  const dialog = page.getByRole('dialog')
  await choose(desk, 'save')
  await expect(page.getByText('That needs an open story.')).toBeVisible()
  await choose(desk, 'new-story')
  await expect(page).toHaveURL(/\/story\//)
  await expect(story.stories).toHaveCount(1)
  await story.write(story.headline, 'Harbour bridge reopens')
  await choose(desk, 'undo')
  await expect(story.headline).not.toHaveText('Harbour bridge reopens')
  await choose(desk, 'redo')
  await expect(story.headline).toHaveText('Harbour bridge reopens')
  await choose(desk, 'save')
  await story.onDisk()
  for (const id of ['export', 'publish', 'palette', 'shortcuts']) {
    await choose(desk, id)
    await expect(dialog).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  }
  await choose(desk, 'outbox')
  await expect(page).toHaveURL(/\/outbox$/)
  await choose(desk, 'settings')
  await expect(page).toHaveURL(/\/settings$/)
  await choose(desk, 'library')
  await expect(page).toHaveURL(/galley[^/]*\/$/)
  await choose(desk, 'toggle-library')
  await expect(story.stories).toHaveCount(0)
  await choose(desk, 'search')
  await expect(page.getByRole('searchbox', { name: 'Search stories' })).toBeFocused()
  await expect(story.stories).toHaveCount(1)
  const recent = (): Promise<string[]> =>
    appOf(desk).evaluate(
      ({ Menu }) =>
        Menu.getApplicationMenu()
          ?.getMenuItemById('recent')
          ?.submenu?.items.map(({ label }) => label) ?? []
    )
  await expect.poll(recent, { timeout: 15_000 }).toEqual(['Harbour bridge reopens'])
  await appOf(desk).evaluate(({ Menu }) =>
    Menu.getApplicationMenu()?.getMenuItemById('recent')?.submenu?.items[0]?.click()
  )
  await expect(story.headline).toHaveText('Harbour bridge reopens')
  const inspector = page.getByRole('complementary', { name: 'Story details' })
  const wasShown = await inspector.isVisible()
  await choose(desk, 'toggle-inspector')
  await expect(inspector).toBeVisible({ visible: !wasShown })
  const file = join(desk.library, '..', 'page.txt')
  writeFileSync(file, 'A ferry came in late\n\nThe ferry came in three hours late on Monday, the port said.\n')
  await answer(desk, { canceled: false, filePaths: [file] })
  await choose(desk, 'open-file')
  await expect(dialog).toContainText('A ferry came in late')
  await page.keyboard.press('Escape')
  await choose(desk, 'logs')
  await expect.poll(() => opened(desk)).toEqual([expect.stringContaining(desk.library)])
  await answer(desk, { response: 0 })
  await choose(desk, 'version')
  await choose(desk, 'sample')
  await expect(story.stories).toHaveCount(2)
})

test('entries chosen in one go are done one after another, each where the one before has led to', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  const inOneGo = (...ids: string[]): Promise<void> =>
    appOf(desk).evaluate(({ Menu }, items) => {
      for (const id of items) Menu.getApplicationMenu()?.getMenuItemById(id)?.click()
    }, ids)
  await story.newStory()
  const first = new URL(page.url()).pathname.slice('/story/'.length)
  await story.write(story.headline, 'Harbour bridge reopens')
  await story.onDisk()
  await story.newStory()
  await story.write(story.headline, 'Ferry sails')
  await story.onDisk()
  await expect(story.stories).toHaveCount(2)
  await expect
    .poll(
      () =>
        appOf(desk).evaluate(
          ({ Menu }, id) => Boolean(Menu.getApplicationMenu()?.getMenuItemById(id)),
          `recent-${first}`
        ),
      { timeout: 15_000 }
    )
    .toBe(true)

  await inOneGo('toggle-library', 'search')
  await expect(page.getByRole('searchbox', { name: 'Search stories' })).toBeFocused()
  await inOneGo('toggle-library', 'toggle-library', 'settings')
  await expect(page).toHaveURL(/\/settings$/)
  await expect(story.stories).toHaveCount(2)

  // The story that is left stays in sight for a moment: what is asked then is meant for the one that comes.
  await page.goBack()
  await expect(story.headline).toHaveText('Ferry sails')
  await inOneGo(`recent-${first}`, 'find')
  await expect(story.headline).toHaveText('Harbour bridge reopens')
  const bar = page.getByRole('search', { name: 'Find in the story' })
  await expect(bar.getByRole('textbox', { name: 'Find' })).toBeFocused()
  await page.keyboard.type('bridge')
  await expect(bar.getByRole('status')).toHaveText('1 of 1')
  await page.keyboard.press('Escape')
})

test('with the last window closed, as on macOS, an entry opens the desk and is then done', async ({ desk }) => {
  const app = appOf(desk)
  await app.evaluate(({ app: electronApp }) => {
    electronApp.removeAllListeners('window-all-closed')
    electronApp.on('window-all-closed', () => undefined)
  })
  const reopened = async (ask: () => Promise<unknown>): Promise<Page> => {
    for (const page of app.windows()) await page.close()
    const [page] = await Promise.all([app.waitForEvent('window'), ask()])
    return page
  }
  const file = join(desk.library, '..', 'page.txt')
  writeFileSync(file, 'A ferry came in late\n\nThe ferry came in three hours late on Monday, the port said.\n')
  await answer(desk, { canceled: false, filePaths: [file] })
  await expect((await reopened(() => choose(desk, 'open-file'))).getByRole('dialog')).toContainText(
    'A ferry came in late'
  )
  await expect(
    (
      await reopened(() =>
        app.evaluate(({ app: electronApp }, path) => {
          electronApp.emit('open-file', { preventDefault: () => undefined }, path)
        }, file)
      )
    ).getByRole('dialog')
  ).toContainText('A ferry came in late')
  await expect(await reopened(() => choose(desk, 'settings'))).toHaveURL(/\/settings$/)
  const page = await reopened(() => choose(desk, 'new-story'))
  await expect(page).toHaveURL(/\/story\//)
})

test('a window that dies is opened again with its story', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  const address = await story.newStory()
  await story.write(story.headline, 'Outlives its window')
  await story.write(story.body, 'The first paragraph.')
  await desk.page.keyboard.press('Enter')
  await desk.page.keyboard.type('The second one.')
  for (const _ of ' one.') await desk.page.keyboard.press('ArrowLeft')
  await desk.page.keyboard.type('X')
  await story.onDisk()
  const app = appOf(desk)
  const [page] = await Promise.all([
    app.waitForEvent('window'),
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
  ])
  await expect(new StoryPage(page).headline).toHaveText('Outlives its window')
  await expect(page).toHaveURL(new RegExp(`${address}$`))
  await expect(page.getByText('The window stopped working and was opened again.')).toBeVisible()
  const body = new StoryPage(page).body
  await expect(body).toBeFocused()
  await page.keyboard.type('Y')
  await expect(body.getByRole('paragraph')).toHaveText(['The first paragraph.', 'The secondXY one.'])
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  await expect((await desk.kill9()).getByText('Galley did not close properly the last time.')).toBeVisible()
  const again = await desk.restart()
  await expect(again.getByText('Galley did not close properly the last time.')).toHaveCount(0)
})

test('before sleep and the end of a session every window puts its last words on disk; one that hangs is the person’s', async ({
  desk
}) => {
  const app = appOf(desk)
  await desk.page.evaluate(() => {
    window.galley?.onPush(({ event }) => {
      document.body.dataset['told'] = `${document.body.dataset['told'] ?? ''} ${event}`
    })
  })
  const told = desk.page.locator('body')
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'))
  await expect(told).toHaveAttribute('data-told', ' flush')
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.emit('query-session-end'))
  await expect(told).toHaveAttribute('data-told', ' flush flush')
  await answer(desk, { response: 0 })
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.emit('unresponsive'))
  const asked = await app.evaluate((electron) => (electron as unknown as StandIn).dialog.standInAsked)
  expect(asked).toMatchObject([{ kind: 'showMessageBox', options: { message: 'This window is not responding.' } }])
  const story = new StoryPage(desk.page)
  await story.newStory()
  await story.write(story.body, 'Typed as the session ended.')
  const ended = new Promise((resolve) => {
    app.process().once('exit', resolve)
  })
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.emit('session-end'))
  expect(await ended).toBe(0)
})

test('under the pointer a link can be copied and a picture saved', async ({ desk }) => {
  const app = appOf(desk)
  const pointAt = (params: object, id: string): Promise<void> =>
    app.evaluate(
      ({ BrowserWindow, Menu }, [given, item]) => {
        BrowserWindow.getAllWindows()[0]?.webContents.emit('context-menu', {}, given)
        const menu = (Menu as unknown as { standInPopped: Electron.Menu[] }).standInPopped.at(-1)
        menu?.getMenuItemById(item)?.click()
      },
      [{ ...nothing, ...params }, id] as const
    )
  const nothing = {
    isEditable: false,
    selectionText: '',
    misspelledWord: '',
    dictionarySuggestions: [],
    mediaType: 'none',
    linkURL: '',
    srcURL: '',
    editFlags: { canCut: false, canCopy: false, canPaste: false, canSelectAll: false }
  }
  await pointAt({ linkURL: 'https://example.org/story' }, 'copy-link')
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('https://example.org/story')
  await choose(desk, 'sample')
  const picture = desk.page.locator('img[src*="/media/"]').first()
  const src = (await picture.getAttribute('src')) ?? ''
  const file = join(desk.library, '..', 'saved.jpg')
  await answer(desk, { canceled: false, filePath: file })
  await pointAt({ mediaType: 'image', srcURL: `app://galley${src}` }, 'save-picture')
  const beginning = (): string => (existsSync(file) ? readFileSync(file).subarray(0, 2).toString('hex') : '')
  await expect.poll(beginning).toBe('ffd8')
})

test('a link opens its story in the app that runs, and a second start comes to nothing', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  const address = await story.newStory()
  await story.write(story.headline, 'Found by its link')
  await story.onDisk()
  await appOf(desk).evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('settings')?.click())
  await expect(desk.page).toHaveURL(/\/settings$/)
  await appOf(desk).evaluate(({ app }, link) => {
    app.emit('open-url', { preventDefault: () => undefined }, link)
  }, `galley:/${address}`)
  await expect(story.headline).toHaveText('Found by its link')
  await appOf(desk).evaluate(({ app }) => {
    app.emit('second-instance', {}, ['galley', 'galley://story/../../etc'], '/')
  })
  await expect(story.headline).toHaveText('Found by its link')
  writeFileSync(
    join(desk.library, '..', 'page.txt'),
    'A ferry came in late\n\nIt came in three hours late, the port said.\n'
  )
  await appOf(desk).evaluate(
    ({ app }, folder) => app.emit('second-instance', {}, ['galley', 'page.txt', 'missing.txt'], folder),
    join(desk.library, '..')
  )
  await expect(desk.page.getByRole('dialog')).toContainText('A ferry came in late')
  await expect(desk.page.getByText('“missing.txt” could not be read.')).toBeVisible()
  expect(appOf(desk).windows()).toHaveLength(1)
})

test('pictures and the policy come with the app’s own scheme', async ({ desk }) => {
  const answers = await desk.page.evaluate(async () => {
    const page = await fetch('/story/anything')
    const missing = await fetch(`/media/${'a'.repeat(64)}`)
    const outside = await fetch('/assets/%2e%2e%2f%2e%2e%2fmain/index.js')
    return {
      policy: page.headers.get('content-security-policy'),
      type: page.headers.get('content-type'),
      missing: missing.status,
      outside: outside.status
    }
  })
  expect(answers).toMatchObject({ type: 'text/html; charset=utf-8', missing: 404, outside: 404 })
  expect(answers.policy).toContain("default-src 'none'")
  expect(answers.policy).not.toMatch(/unsafe|\*/)
})

test('the export folder is asked for with the system’s dialog', async ({ desk }) => {
  await appOf(desk).evaluate(
    (electron, folder) =>
      (electron as unknown as StandIn).dialog.standInAnswer({ canceled: false, filePaths: [folder] }),
    desk.exports
  )
  const chosen = await desk.page.evaluate(() =>
    window.galley?.request({ id: 900_000, call: 'exports.chooseFolder', input: {} })
  )
  expect(chosen).toMatchObject({ ok: true, output: { folder: desk.exports } })
})

test('two libraries are open side by side, and none of them twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'galley-two-'))
  const executablePath = join(root, 'tests/stand-in/electron')
  const env = { ...definedEnv(), HOME: folder, XDG_DATA_HOME: join(folder, 'data'), GALLEY_NODE: requireNode() }
  const args = (library: string): string[] => [join(out, 'main/index.js'), `--library=${join(folder, library)}`]
  const first = await _electron.launch({ executablePath, args: args('First'), env })
  const second = await _electron.launch({ executablePath, args: args('Second'), env })
  for (const app of [first, second])
    await (await app.firstWindow()).getByRole('contentinfo', { name: 'Status' }).waitFor({ timeout: 20_000 })
  await first.evaluate(({ app }) => {
    app.once('second-instance', () => Object.assign(globalThis, { cameAgain: true }))
  })
  const { status } = spawnSync(executablePath, args('First'), { env, timeout: 30_000 })
  expect(status).toBe(0)
  await expect.poll(() => first.evaluate(() => 'cameAgain' in globalThis)).toBe(true)
  expect(await second.evaluate(() => 'cameAgain' in globalThis)).toBe(false)
  expect(readdirSync(join(folder, 'data', 'Galley', 'Profiles'))).toHaveLength(2)
  await first.close()
  await second.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
})

test('quitting while a story waits is asked about: called off, kept in the background, back with a window', async ({
  desk
}) => {
  await withCalls(desk.library, async (call) => {
    const { target } = await call.publishing.startPractice({})
    await approve(call, await makeStory(call, 'Waits for its hour'), target.id, 3)
  })
  const windows = (): Promise<number> =>
    appOf(desk).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  const quit = (): Promise<void> => appOf(desk).evaluate(({ app }) => app.quit())
  const asked = (): Promise<number> =>
    appOf(desk).evaluate(
      (electron) =>
        (electron as unknown as StandIn).dialog.standInAsked.filter(({ kind }) => kind === 'showMessageBox').length
    )
  await answer(desk, { response: 2 })
  await quit()
  await expect.poll(asked).toBe(1)
  expect(await windows()).toBe(1)

  await answer(desk, { response: 0 })
  await quit()
  await expect.poll(windows).toBe(0)
  expect(await withCalls(desk.library, (call) => call.publishing.outbox({ open: true }))).toMatchObject([
    { state: 'scheduled' }
  ])
  await appOf(desk).evaluate(({ app }) => {
    app.emit('second-instance', {}, [], '/')
  })
  await expect.poll(windows).toBe(1)
})
