import type { ElectronApplication } from '@playwright/test'
import type {} from '../../src/renderer/host/bridge.ts'
import { expect, test, type Desk } from './desk.ts'
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
      spellcheck: true
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
    expect(problem).toMatch(/Security Policy directive: "(form-action 'none'|default-src 'none')"/)
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

test('every command of the menu is one the desk knows', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  await story.newStory()
  const choose = (id: string): Promise<void> =>
    appOf(desk).evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id)
  await choose('settings')
  await expect(desk.page).toHaveURL(/\/settings$/)
  await choose('library')
  await expect(story.stories).toHaveCount(1)
  await choose('new-story')
  await expect(desk.page).toHaveURL(/\/story\//)
  await expect(story.stories).toHaveCount(2)
  await choose('export')
  await expect(desk.page.getByRole('dialog')).toBeVisible()
  await desk.page.keyboard.press('Escape')
  await choose('palette')
  await expect(desk.page.getByRole('dialog')).toBeVisible()
  await desk.page.keyboard.press('Escape')
  await choose('search')
  await expect(desk.page.getByRole('searchbox', { name: 'Search stories' })).toBeFocused()
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
