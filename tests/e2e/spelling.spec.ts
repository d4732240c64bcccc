import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { emptyImageUse } from '../../src/shared/document/image-use.ts'
import { withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

/** An engine that starts on a busy machine takes its time. */
const COLD = { timeout: 60_000 }

/** The words that are underlined, as the page has them. */
function marked(page: Page, kind: 'spelling' | 'grammar' = 'spelling'): Promise<string[]> {
  return page.evaluate(
    (name) => [...((CSS.highlights.get(name) as Iterable<Range> | undefined) ?? [])].map(String),
    `galley-${kind}`
  )
}

test.describe.configure({ timeout: 180_000 })

test.use({ spelling: true })

test('what is misspelt is underlined in every field, without a change to the page', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Bridge over the canall opens ')
  await story.write(story.body, 'The the coucil said so on Monday. A second sentense here.')
  await expect.poll(() => marked(page), COLD).toEqual(['canall', 'coucil', 'sentense'])
  expect(await marked(page, 'grammar')).toEqual(['The the'])
  // The page is as it was, and the browser's own checker leaves it alone.
  await expect(story.body.locator('p')).toHaveText('The the coucil said so on Monday. A second sentense here.')
  expect(await story.body.evaluate((element) => [(element as HTMLElement).spellcheck, element.innerHTML])).toEqual([
    false,
    expect.not.stringMatching(/<mark|galley/)
  ])
  // A word is looked at when it is done.
  await page.keyboard.type(' And anothr')
  await expect.poll(() => marked(page)).toEqual(['canall', 'coucil', 'sentense'])
  await page.keyboard.type(' one.')
  await expect.poll(() => marked(page)).toEqual(['canall', 'coucil', 'sentense', 'anothr'])
})

test('what is misspelt in the details is underlined where it stands, and mended there', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  const note = page.getByRole('textbox', { name: 'Editor’s note' })
  await note.fill(`${'Call the harbour before noon, and the mayor after it. '.repeat(3)}Ask the coucil.`)
  await expect.poll(() => marked(page), COLD).toEqual(['coucil'])
  // The middle of a mark, and the characters of the field that are under it.
  const point = () =>
    page.evaluate(() => {
      const [range] = [...(CSS.highlights.get('galley-spelling') as unknown as Iterable<Range>)]
      const box = range?.getBoundingClientRect()
      return { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 }
    })
  const under = async (): Promise<string> =>
    page.evaluate(
      ({ x, y }) => {
        const at = document.caretPositionFromPoint(x, y)
        const field = at?.offsetNode
        if (!at || !(field instanceof HTMLTextAreaElement)) return 'no field'
        const before = /\w*$/.exec(field.value.slice(0, at.offset))
        return `${before?.[0] ?? ''}${/^\w*/.exec(field.value.slice(at.offset))?.[0] ?? ''}`
      },
      await point()
    )
  expect(await under()).toBe('coucil')

  // Marks move with what is typed before them, and the field grows.
  await note.focus()
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.type('Before all of that somebody has to open the door of the office. ')
  expect(await under()).toBe('coucil')
  expect(await marked(page)).toEqual(['coucil'])

  // Another tab in between takes the field away and brings it back.
  await page.getByRole('tab', { name: 'Times' }).click()
  await page.getByRole('tab', { name: 'Story', exact: true }).click()
  await note.focus()
  await expect.poll(under).toBe('coucil')

  const { x, y } = await point()
  await page.mouse.click(x, y, { button: 'right' })
  await page.getByRole('menuitem', { name: 'council', exact: true }).click()
  await expect(note).toHaveValue(/Ask the council\.$/)
  await expect(note).toBeFocused()
  await expect.poll(() => marked(page)).toEqual([])

  // By keys, with the caret in the word; a word being written is left alone.
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(' Thn lunch. And tee nightt')
  await expect.poll(() => marked(page)).toEqual(['Thn'])
  await page.keyboard.press('Home')
  await expect.poll(() => marked(page)).toEqual(['Thn', 'nightt'])
  await page.keyboard.press('End')
  await page.keyboard.press('ControlOrMeta+.')
  await expect(page.getByRole('menu', { name: 'Spelling of “nightt”' })).toBeVisible()
})

test('a story opened again is marked in the very frame that first shows it', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await withCalls(desk.library, async (call) => {
    for (const headline of ['Bridge', 'Harbour'])
      await call.stories.create({ fields: { headline, standfirst: `The coucil spoke of ${headline}.` } })
  })
  for (const headline of ['Bridge', 'Harbour']) {
    await story.stories.filter({ hasText: headline }).click()
    await expect(story.headline).toHaveText(headline)
    await expect.poll(() => marked(page), COLD).toEqual(['coucil'])
  }
  const row = story.stories.filter({ hasText: 'Bridge' })
  const shown = page.evaluate(async () => {
    for (;;) {
      await new Promise(requestAnimationFrame)
      // A message posted in a frame arrives once the frame is done.
      await new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = resolve
        port2.postMessage(null)
      })
      if (document.querySelector('.page-headline')?.textContent !== 'Bridge') continue
      return [...((CSS.highlights.get('galley-spelling') as Iterable<Range> | undefined) ?? [])].map(String)
    }
  })
  await row.click()
  expect(await shown).toEqual(['coucil'])
})

test('a suggestion is taken by mouse or by keys, and taken back as one step', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'The headlinee opens')
  await story.write(story.body, 'The coucil met. The coucil spoke, said Hadadi of Tartous. ')
  await expect.poll(() => marked(page), COLD).toEqual(['headlinee', 'coucil', 'coucil', 'Hadadi', 'Tartous'])

  // By mouse, where somebody points.
  const point = await page.evaluate(() => {
    const [, range] = [...(CSS.highlights.get('galley-spelling') as unknown as Iterable<Range>)]
    const box = range?.getBoundingClientRect()
    return { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 }
  })
  await page.mouse.click(point.x, point.y, { button: 'right' })
  const menu = page.getByRole('menu', { name: 'Spelling of “coucil”' })
  await menu.getByRole('menuitem', { name: 'council', exact: true }).click()
  await expect(story.body).toHaveText('The council met. The coucil spoke, said Hadadi of Tartous. ')
  await expect(story.body).toBeFocused()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(story.body).toHaveText('The coucil met. The coucil spoke, said Hadadi of Tartous. ')
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await expect(story.body).toHaveText('The council met. The coucil spoke, said Hadadi of Tartous. ')

  // By keys, in a field of its own undo.
  await story.headline.click()
  await page.keyboard.press('Home')
  for (let at = 0; at < 6; at += 1) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ControlOrMeta+.')
  const inHeadline = page.getByRole('menu', { name: 'Spelling of “headlinee”' })
  await expect(inHeadline.getByRole('menuitem', { name: 'headline', exact: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(story.headline).toHaveText('The headline opens')
  await expect(story.headline).toBeFocused()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(story.headline).toHaveText('The headlinee opens')
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await expect.poll(() => marked(page)).toEqual(['coucil', 'Hadadi', 'Tartous'])
  await story.onDisk()

  // Ignored in this story and accepted for ever: both outlive Galley.
  const choose = async (word: string, what: string | RegExp): Promise<void> => {
    await story.body.getByText(word).first().click()
    const box = await page.evaluate((wanted) => {
      const ranges = [...(CSS.highlights.get('galley-spelling') as unknown as Iterable<Range>)]
      const found = ranges.find((range) => String(range) === wanted)?.getBoundingClientRect()
      return { x: (found?.left ?? 0) + 4, y: (found?.top ?? 0) + 6 }
    }, word)
    await page.mouse.click(box.x, box.y, { button: 'right' })
    await page.getByRole('menuitem', { name: what, exact: true }).click()
  }
  await choose('Hadadi', 'Always accept “Hadadi”')
  await expect.poll(() => marked(page)).toEqual(['coucil', 'Tartous'])
  await choose('Tartous', 'Ignore in this story')
  await expect.poll(() => marked(page)).toEqual(['coucil'])
  await choose('coucil', /^Earlier versions of this paragraph/)
  const earlier = page.getByRole('dialog', { name: 'Earlier versions of this paragraph' })
  await expect(earlier).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(earlier).toHaveCount(0)
  await expect(story.body).toBeFocused()
  expect(await page.evaluate(() => String(getSelection()))).toBe('coucil')
  await choose('coucil', 'Ignore here')
  await expect.poll(() => marked(page)).toEqual([])
  const address = new URL(page.url()).pathname
  const again = await desk.restart(address)
  await expect.poll(() => marked(again), COLD).toEqual(['coucil'])
  const other = new StoryPage(again)
  await other.newStory()
  await other.write(other.body, 'Hadadi of Tartous. ')
  await expect.poll(() => marked(again), COLD).toEqual(['Tartous'])
})

test('F7 goes through the whole story, round its end, and says when it is done', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'A headlinee')
  await story.write(story.body, 'Somee words. ')
  await page.getByRole('textbox', { name: 'Social headline' }).fill('A soshul one')
  // The engine would not start before a pause, and is asked for now.
  await story.body.click()
  await page.keyboard.press('ControlOrMeta+Home')
  for (let at = 0; at < 8; at += 1) await page.keyboard.press('ArrowRight')

  await page.keyboard.press('F7')
  const menu = (word: string) => page.getByRole('menu', { name: `Spelling of “${word}”` })
  await expect(menu('soshul')).toBeVisible(COLD)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Social headline' })).not.toHaveValue('A soshul one')
  await expect(menu('headlinee')).toBeVisible()
  await page.getByRole('menuitem', { name: 'headline', exact: true }).click()
  await expect(story.headline).toHaveText('A headline')
  await expect(menu('Somee')).toBeVisible()
  await page.keyboard.press('F7')
  await expect(page.getByText('The whole story has been checked.')).toBeVisible()
  await expect(page.getByRole('menu')).toBeHidden()
})

test('F7 finds what stands in closed details, in a list there, and in an alt text', async ({ desk }, info) => {
  const { page } = desk
  const story = new StoryPage(page)
  const long = 'Call the harbour before noon, and the mayor after it. '.repeat(20)
  const id = await withCalls(desk.library, async (call) => {
    const made = await call.stories.create({
      fields: {
        headline: 'Bridge',
        related: [{ headline: 'A ferrry stops', url: 'https://example.org/' }],
        editorsNote: `${long}Ask the coucil. ${long}\n`
      },
      body: { version: 1, blocks: [{ id: 'a', type: 'image', image: { ...emptyImageUse(), alt: 'A brigde' } }] }
    })
    return made.id
  })
  await page.goto(new URL(`/story/${id}`, page.url()).href)
  await expect(story.headline).toHaveText('Bridge')
  await page.setViewportSize({ width: 1360, height: 560 })
  await page.getByRole('button', { name: 'Hide story details' }).click()
  await page.keyboard.press('F7')
  const menu = (word: string) => page.getByRole('menu', { name: `Spelling of “${word}”` })
  await expect(menu('brigde')).toBeVisible(COLD)
  await page.keyboard.press('F7')
  await expect(menu('ferrry')).toBeVisible()
  await expect(page.getByText('A ferrry stops')).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('F7')
  await expect(menu('coucil')).toBeVisible()
  const note = page.getByRole('textbox', { name: 'Editor’s note' })
  // The word is in view in its field, and to be read there.
  const where = () =>
    page.evaluate(() => {
      const [range] = [...(CSS.highlights.get('galley-spelling-now') as unknown as Iterable<Range>)]
      const field = document.querySelector('[data-part="editorsNote"] textarea')?.getBoundingClientRect()
      const word = range?.getBoundingClientRect()
      return field && word ? [word.top >= field.top, word.bottom <= field.bottom, word.bottom <= innerHeight] : []
    })
  await expect.poll(where).toEqual([true, true, true])
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: info.outputPath(`in-the-details-${colorScheme}.png`) })
  }
  // The mirror is as high as the field, whose last line is empty.
  const heights = await note.evaluate((field) =>
    [field, field.closest('.g-field')?.querySelector('.field-mirror')].map((one) => one?.scrollHeight)
  )
  expect(heights[1]).toBe(heights[0])
  await page.getByRole('menuitem', { name: 'council', exact: true }).click()
  await expect(note).toHaveValue(/Ask the council\./)
})

test('F7 pressed at once, or while the spelling still waits for a rest, starts it', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  // The engine does not start while somebody writes: the last key is not a second and a half ago.
  await story.write(story.headline, 'A headlinee ')
  await page.keyboard.press('ControlOrMeta+.')
  await expect(page.getByText('Reading the story…')).toBeVisible()
  await page.keyboard.press('F7')
  await expect(page.getByRole('menu', { name: 'Spelling of “headlinee”' })).toBeVisible(COLD)
  await expect(page.getByText('Spelling is off.')).toBeHidden()
  await expect(page.getByText('Nothing is marked')).toBeHidden()

  await page.keyboard.press('Escape')
  await story.onDisk()
  await page.reload()
  await expect(story.body).toBeVisible()
  await page.keyboard.press('F7')
  await expect(page.getByRole('menu', { name: 'Spelling of “headlinee”' })).toBeVisible(COLD)
})

test('a language has its own dictionary', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.body, 'Die Wohnungsbaugeselschaft and the Strase. ')
  await expect.poll(() => marked(page), COLD).toContain('Strase')
  const language = page.getByRole('combobox', { name: 'Language' })
  await language.fill('de')
  await language.press('Enter')
  await expect.poll(() => marked(page), COLD).toEqual(['Wohnungsbaugeselschaft', 'and', 'the', 'Strase'])
})

test('a language without a dictionary is said to have none, and the person’s own is used', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'De brug')
  await story.write(story.body, 'De brug is oppen ')
  const language = page.getByRole('combobox', { name: 'Language' })
  await language.fill('nl')
  await language.press('Enter')
  await page.keyboard.press('F7')
  await expect(page.getByText('There is no dictionary for Dutch.')).toBeVisible(COLD)
  // The browser's own checker may have one.
  await expect.poll(() => story.body.evaluate((element) => (element as HTMLElement).spellcheck)).toBe(true)
  expect(await marked(page)).toEqual([])

  mkdirSync(join(desk.library, 'dictionaries'))
  writeFileSync(join(desk.library, 'dictionaries', 'nl_NL.aff'), 'SET UTF-8\nTRY en\n')
  writeFileSync(join(desk.library, 'dictionaries', 'nl_NL.dic'), '4\nDe\nbrug\nis\nopen\n')
  await page.reload()
  await expect(story.body).toContainText('De brug is oppen')
  await expect.poll(() => marked(page), COLD).toEqual(['oppen'])
})

test('spelling that is switched off ends its engines, and marks nothing', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Bridge over the canall opens ')
  await expect.poll(() => marked(page), COLD).toEqual(['canall'])
  expect(page.workers()).toHaveLength(1)
  await withCalls(desk.library, (call) => call.settings.set({ spelling: false }))
  await expect.poll(() => page.workers().length).toBe(0)
  await expect.poll(() => marked(page)).toEqual([])
  await withCalls(desk.library, (call) => call.settings.set({ spelling: true }))
  await expect.poll(() => marked(page), COLD).toEqual(['canall'])
})
