import { globSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { contextTemplate, type UnderPointer } from '../../src/main/hosts/electron/context-template.ts'
import { menuTemplate } from '../../src/main/hosts/electron/menu-template.ts'
import { filesAmong, OpenedFiles } from '../../src/main/hosts/electron/opened-files.ts'
import { moveIn, placesOf } from '../../src/main/hosts/electron/places.ts'
import { recentStories } from '../../src/main/hosts/electron/recent-stories.ts'
import { markRun } from '../../src/main/hosts/electron/run-mark.ts'
import { deskColours } from '../../src/main/hosts/electron/desk-colours.ts'
import { en } from '../../src/shared/words/en/index.ts'
import type { Language } from '../../src/shared/words/language.ts'
import { languageOf } from '../../src/shared/words/languages.ts'
import { freshCore } from '../support/host-cores.ts'
import { ManualClock } from '../support/manual-clock.ts'

const story = '0190d9a0-0000-7000-8000-00000000000a'

/** Every command of the palette with its keys, read from where it is offered. */
const paletteOn = (isMac: boolean) =>
  new Map(
    globSync('src/renderer/**/*.{ts,tsx}').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\{\s*id: '([\w.-]+)',\s*title: [^}]*?(?:run\b|\})/g)].map(
        ([text, id = '']): [string, string | null] => [id, keysIn(text, isMac)]
      )
    )
  )

function keysIn(text: string, isMac: boolean): string | null {
  const [, onMac, keys] = /\bkeys: (?:isMac \? '([^']+)' : )?'([^']+)'/.exec(text) ?? []
  return ((isMac ? onMac : undefined) ?? keys)?.replace('\\\\', '\\') ?? null
}

function menu(
  isMac: boolean,
  words: Language['menu'] = en.menu
): { items: MenuItemConstructorOptions[]; asked: string[] } {
  const asked: string[] = []
  const template = menuTemplate({
    words,
    name: 'Galley',
    isMac,
    isPackaged: true,
    recent: [{ id: story, headline: 'Ports & piers '.repeat(9) }],
    deeds: {
      show: (address) => asked.push(address),
      newWindow: () => asked.push('new window'),
      showLogs: () => asked.push('logs'),
      tellVersion: () => asked.push('version')
    }
  })
  const flat = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...flat((item.submenu as MenuItemConstructorOptions[] | undefined) ?? [])])
  return { items: flat(template), asked }
}

describe.each([
  ['macOS', true],
  ['Windows and Linux', false]
])('the menu on %s', (_name, isMac) => {
  test('asks the desk for nothing it does not know, whichever entry is chosen', () => {
    const { items, asked } = menu(isMac)
    for (const { click } of items) (click as (() => void) | undefined)?.()
    const commands = asked.flatMap((address) => /^\/command\/(.+)$/.exec(address)?.[1] ?? [])
    expect(commands.length).toBeGreaterThan(10)
    const palette = paletteOn(isMac)
    expect(commands.filter((id) => !palette.has(id))).toEqual([])
    expect(asked.filter((address) => !address.startsWith('/command/')).toSorted()).toEqual(
      ['/edit/redo', '/edit/undo', `/story/${story}`, 'logs', 'new window', 'version'].toSorted()
    )
  })

  test('has the palette’s keys, and gives them to the window', () => {
    const { items, asked } = menu(isMac)
    const palette = paletteOn(isMac)
    let held = 0
    for (const { click, accelerator, registerAccelerator } of items) {
      ;(click as (() => void) | undefined)?.()
      const id = /^\/command\/(.+)$/.exec(asked.at(-1) ?? '')?.[1]
      if (!id || !click) continue
      held += 1
      expect([id, accelerator ?? null]).toEqual([id, palette.get(id)?.replace('Mod', 'CmdOrCtrl') ?? null])
      if (accelerator) expect(registerAccelerator).toBe(false)
    }
    expect(held).toBeGreaterThan(10)
  })

  test('has what people of that system look for, each thing once', () => {
    const { items } = menu(isMac)
    const roles = items.flatMap(({ role }) => role ?? [])
    for (const role of [
      'cut',
      'copy',
      'paste',
      'pasteAndMatchStyle',
      'selectAll',
      'minimize',
      'togglefullscreen',
      'about',
      'quit',
      'help'
    ])
      expect(roles.filter((one) => one === role)).toEqual([role])
    expect(roles.includes('services')).toBe(isMac)
    const keys = items.flatMap(({ accelerator }) => (typeof accelerator === 'string' ? [accelerator] : []))
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('cuts a long headline, and takes no letter of it for a key', () => {
    const { items } = menu(isMac)
    const label = items.find(({ id }) => id === `recent-${story}`)?.label ?? ''
    expect(label).toMatch(/^Ports && piers .*…$/)
    expect(label.replaceAll('&&', '&').length).toBeLessThanOrEqual(60)
  })
})

describe('the menu under the pointer', () => {
  const nothing: UnderPointer = {
    isEditable: false,
    formControlType: 'input-text',
    selectionText: '',
    misspelledWord: '',
    dictionarySuggestions: [],
    linkURL: '',
    mediaType: 'none',
    srcURL: '',
    editFlags: { canCut: true, canCopy: true, canPaste: false, canSelectAll: true }
  }
  const lines = (under: Partial<UnderPointer>): (string | undefined)[] =>
    contextTemplate({ ...nothing, ...under }, en.menu, {
      correct: () => undefined,
      learn: () => undefined,
      copyLink: () => undefined,
      savePicture: () => undefined,
      paragraphHistory: () => undefined
    }).map(({ id, role, type, label }) => role ?? (type === 'separator' ? '-' : (id ?? label)))

  test.each([
    ['nothing', {}, []],
    ['a selection', { selectionText: 'words' }, ['copy']],
    ['a field', { isEditable: true }, ['cut', 'copy', 'paste', 'pasteAndMatchStyle', '-', 'selectAll']],
    [
      'text on the page',
      { isEditable: true, formControlType: 'none' },
      ['cut', 'copy', 'paste', 'pasteAndMatchStyle', '-', 'selectAll', '-', 'paragraph-history']
    ],
    [
      'a misspelt word',
      { isEditable: true, misspelledWord: 'harbuor', dictionarySuggestions: ['harbour', 'arbour'] },
      ['suggestion-0', 'suggestion-1', 'learn', '-', 'cut', 'copy', 'paste', 'pasteAndMatchStyle', '-', 'selectAll']
    ],
    ['a link', { linkURL: 'https://example.org/' }, ['copy-link']],
    ['a link that is none', { linkURL: 'javascript:alert(1)' }, []],
    [
      'a picture of the library',
      { mediaType: 'image', srcURL: `app://galley/media/${'a'.repeat(64)}?w=640` },
      ['save-picture']
    ],
    ['another picture', { mediaType: 'image', srcURL: 'data:image/png;base64,AAAA' }, []]
  ] as const)('on %s', (_what, under, expected) => {
    expect(lines(under as Partial<UnderPointer>)).toEqual(expected)
  })
})

test('files that are to be opened are found among the arguments, by their endings and never among switches', () => {
  expect(filesAmong(['galley', '/a/page.html', '--flag', 'story.galley.json'], '/work')).toEqual([
    '/a/page.html',
    '/work/story.galley.json'
  ])
  for (const args of [
    ['page.html'],
    ['galley', '--x=page.html'],
    ['galley', 'main.js'],
    ['galley', 'https://e.org/page.html']
  ])
    expect(filesAmong(args, '/work')).toEqual([])
})

test('a window gets a ticket for a file, which is good once', () => {
  const files = new OpenedFiles()
  const address = files.addressOf('/home/a/story.galley.json')
  expect(address).not.toContain('story')
  const ticket = address.replace('/open/', '')
  expect([files.take(ticket), files.take(ticket), files.take('other')]).toEqual([
    '/home/a/story.galley.json',
    null,
    null
  ])
})

test('each library has a profile of its own, so that two can be open and none is twice; development has both to itself', () => {
  const at = (library?: string, profile?: string, checkout: string | null = null) =>
    placesOf({ library, profile, checkout }, '/data', '/data/Library')
  expect(at()).toEqual({ library: '/data/Library', profile: '/data/Profile' })
  expect(at('/data/Library')).toEqual(at())
  expect(at('/a').profile).toBe(at('/a').profile)
  expect(new Set([at().profile, at('/a').profile, at('/b').profile]).size).toBe(3)
  expect(at('/a', '/p')).toEqual({ library: '/a', profile: null })
  expect(at(undefined, undefined, '/src')).toEqual({
    library: '/src/.cache/dev-library',
    profile: '/src/.cache/dev-profile'
  })
})

test('the library does not lie in Electron’s own folder, and what lay there is found again', () => {
  const home = mkdtempSync(join(tmpdir(), 'galley-places-'))
  const before = join(home, 'Galley')
  const profile = join(home, 'data', 'Profile')
  mkdirSync(before)
  writeFileSync(join(before, 'secrets.json'), 'kept')
  let set = ''
  const app = { getPath: () => before, setPath: (_name: 'userData', path: string) => void (set = path) }
  moveIn(app, { library: join(home, 'data', 'Library'), profile })
  expect(set).toBe(profile)
  expect(readFileSync(join(profile, 'secrets.json'), 'utf8')).toBe('kept')
  expect(readFileSync(join(before, 'secrets.json'), 'utf8')).toBe('kept')
  writeFileSync(join(profile, 'secrets.json'), 'newer')
  moveIn(app, { library: join(home, 'data', 'Library'), profile })
  expect(readFileSync(join(profile, 'secrets.json'), 'utf8')).toBe('newer')
})

test('a run that did not end well is told by the next', () => {
  const folder = mkdtempSync(join(tmpdir(), 'galley-mark-'))
  const first = markRun(folder)
  expect(first.diedBefore).toBe(false)
  expect(markRun(folder).diedBefore).toBe(true)
  first()
  expect(existsSync(join(folder, 'running'))).toBe(false)
  expect(markRun(folder).diedBefore).toBe(false)
})

test('a window that is not drawn yet has the colour of the desk', () => {
  const tokens = readFileSync('src/renderer/styles/tokens.css', 'utf8')
  expect(tokens).toContain(`--desk: light-dark(${deskColours.light}, ${deskColours.dark})`)
})

test('the recent stories are told at the start, and again when one is called otherwise', async () => {
  const { core, end } = await freshCore()
  const clock = new ManualClock()
  const told: string[][] = []
  const next = (): Promise<void> => new Promise((resolve) => (waiting = resolve))
  let waiting: () => void = () => undefined
  const first = next()
  await core.dispatch(
    { id: 0, call: 'stories.create', input: { id: story, fields: { headline: 'Bridge' } } },
    { connectionId: story, signal: new AbortController().signal }
  )
  const stop = recentStories(
    core,
    (recent) => {
      told.push(recent.map(({ headline }) => headline))
      if (recent.length > 0) waiting()
    },
    clock
  )
  await first
  const second = next()
  await core.dispatch(
    {
      id: 1,
      call: 'stories.create',
      input: { id: '0190d9a0-0000-7000-8000-00000000000b', fields: { headline: 'Ferry' } }
    },
    { connectionId: story, signal: new AbortController().signal }
  )
  clock.advance(5000)
  await second
  expect(told).toEqual([[], ['Bridge'], ['Ferry', 'Bridge']])
  stop()
  await end()
})

test.each([true, false])(
  'in the pseudo language no entry of the menu keeps words of its own (on a Mac: %s)',
  (isMac) => {
    const own = menu(isMac, languageOf('en-XA').menu)
      .items.flatMap(({ label }) => (label === undefined ? [] : [label.replace(/\[[^\]]*\]/g, '').trim()]))
      // The product's name and the headlines of stories are not translated.
      .filter((left) => /[A-Za-z]{2,}/.test(left) && left !== 'Galley' && !left.startsWith('Ports &'))
    expect(own).toEqual([])
  }
)
