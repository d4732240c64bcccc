import { expect, test } from '@playwright/test'
import type { Block, StoredBody } from '../../src/shared/document/document.ts'
import { EditorPage, withoutIds } from './support/editor-page.ts'

let editor: EditorPage
test.beforeAll(async ({ browser }) => {
  editor = await EditorPage.open(browser)
})

const paragraph = (id: string, text: string): Block => ({ id, type: 'paragraph', runs: text === '' ? [] : [{ text }] })
const body = (...blocks: Block[]): StoredBody => ({ version: 1, blocks })
const cell = (text: string) => ({ runs: text === '' ? [] : [{ text }] })
const table = (id: string, ...rows: string[][]): Block => ({
  id,
  type: 'table',
  headerRow: true,
  headerColumn: false,
  rows: rows.map((texts) => ({ cells: texts.map(cell) }))
})
const rowsOf = (block: Block | undefined): unknown =>
  (block as Extract<Block, { type: 'table' }> & { rows: { cells: { runs: { text: string }[] }[] }[] }).rows.map(
    ({ cells }) => cells.map(({ runs }) => runs.map((run) => run.text).join(''))
  )
const bare = async (): Promise<object[]> => withoutIds(await editor.check())
const blocks = async (): Promise<readonly Block[]> => (await editor.check()).blocks

test.describe('a divider', () => {
  test('goes below the line the caret is in, and typing goes on below it', async () => {
    await editor.load(body(paragraph('a', 'above'), paragraph('b', 'below')), 3)
    await editor.focus('start')
    await editor.press('End')
    await editor.setBlockType('divider')
    await editor.type('x')
    expect(await bare()).toEqual([
      { type: 'paragraph', runs: [{ text: 'above' }] },
      { type: 'divider' },
      { type: 'paragraph', runs: [{ text: 'xbelow' }] }
    ])
    await editor.press('Control+z')
    await editor.press('Control+z')
    expect(await blocks()).toEqual([paragraph('a', 'above'), paragraph('b', 'below')])
  })

  test('is selected by an arrow key, deleted by the next key, and brought back by undo', async () => {
    const start = body(paragraph('a', 'above'), { id: 'd', type: 'divider' }, paragraph('b', 'below'))
    await editor.load(start, 3)
    await editor.focus('start')
    await editor.press('ArrowDown')
    await expect(editor.page.getByRole('separator')).toHaveAttribute('data-selected', '')
    await editor.press('Delete')
    expect(await blocks()).toEqual([paragraph('a', 'above'), paragraph('b', 'below')])
    await editor.press('Control+z')
    expect(await blocks()).toEqual(start.blocks)
  })

  test('is selected by a click, and copied with its neighbours', async () => {
    const start = body(paragraph('a', 'above'), { id: 'd', type: 'divider' }, paragraph('b', 'below'))
    await editor.load(start, 3)
    await editor.page.getByRole('separator').click()
    await expect(editor.page.getByRole('separator')).toHaveAttribute('data-selected', '')
    expect((await editor.copy('copy'))['text/plain']).toBe('* * *')
    await editor.press('Control+a')
    const copied = await editor.copy('copy')
    expect(copied['text/html']).toBe('<p>above</p>\n<hr>\n<p>below</p>')
    await editor.load(body(paragraph('z', '')), 3)
    await editor.focus('end')
    await editor.paste(copied)
    expect(await bare()).toEqual(withoutIds(start))
  })
})

test('a line becomes a pull quote and a paragraph again, keeping its id', async () => {
  await editor.load(body(paragraph('a', 'lifted out')), 3)
  await editor.focus('end')
  await editor.setBlockType('pullQuote')
  expect(await blocks()).toEqual([{ id: 'a', type: 'pull-quote', runs: [{ text: 'lifted out' }] }])
  await editor.press('Enter')
  await editor.type('and on')
  expect(await bare()).toEqual([
    { type: 'pull-quote', runs: [{ text: 'lifted out' }] },
    { type: 'paragraph', runs: [{ text: 'and on' }] }
  ])
  await editor.press('Control+Home')
  await editor.setBlockType('pullQuote')
  expect((await bare())[0]).toEqual({ type: 'paragraph', runs: [{ text: 'lifted out' }] })
})

test.describe('a quote with its speaker', () => {
  test('is written in two fields, one after the other, and left to the text below', async () => {
    await editor.load(body(paragraph('a', 'above'), paragraph('b', 'below')), 3)
    await editor.focus('start')
    await editor.press('End')
    await editor.setBlockType('attributedQuote')
    await expect(editor.page.getByRole('textbox', { name: 'What was said' })).toBeFocused()
    await editor.type('We cut nothing.')
    await editor.press('Enter')
    await expect(editor.page.getByRole('textbox', { name: 'Who said it' })).toBeFocused()
    await editor.type('Amal Haddad')
    await editor.press('Enter')
    await editor.type('Then ')
    expect(await bare()).toEqual([
      { type: 'paragraph', runs: [{ text: 'above' }] },
      { type: 'attributed-quote', runs: [{ text: 'We cut nothing.' }], speaker: 'Amal Haddad' },
      { type: 'paragraph', runs: [{ text: 'Then below' }] }
    ])
  })

  test('keeps marks, and is undone with the story', async () => {
    const quote: Block = { id: 'q', type: 'attributed-quote', runs: [{ text: 'plain' }], speaker: 'Amal' }
    await editor.load(body(quote), 3)
    await editor.page.getByRole('textbox', { name: 'What was said' }).click()
    await editor.press('Control+a')
    await editor.press('Control+b')
    expect((await blocks())[0]).toEqual({ ...quote, runs: [{ text: 'plain', marks: ['bold'] }] })
    await editor.press('Control+z')
    expect((await blocks())[0]).toEqual(quote)
  })
})

test.describe('a table', () => {
  test('Tab goes from cell to cell, and past the last one adds a row', async () => {
    await editor.load(body(paragraph('a', 'above'), table('t', ['Route', 'Fare'], ['North', '£2'])), 3)
    await editor.page.getByRole('textbox', { name: 'Row 2, column 1' }).click()
    await editor.press('End')
    await editor.type(' pier')
    await editor.press('Tab')
    await editor.press('Tab')
    await editor.type('South')
    expect(rowsOf((await blocks())[1])).toEqual([
      ['Route', 'Fare'],
      ['North pier', '£2'],
      ['South', '']
    ])
    await editor.press('Shift+Tab')
    await expect(editor.page.getByRole('textbox', { name: 'Row 2, column 2' })).toBeFocused()
  })

  test('nothing moves when a cell is clicked and when it is left: a second click lands where the first did', async () => {
    await editor.load(body(table('t', ['Route', 'Fare'], ['North', 'Zero']), paragraph('z', 'below')), 3)
    const fare = editor.page.getByRole('textbox', { name: 'Row 2, column 2' })
    const below = editor.page.getByText('below')
    const tools = editor.page.getByRole('toolbar', { name: 'Table' })
    const places = async (): Promise<object[]> => [await fare.boundingBox(), await below.boundingBox()] as object[]
    const before = await places()
    await fare.click()
    await expect(tools).toBeVisible()
    expect(await places()).toEqual(before)
    await below.click()
    await expect(tools).toHaveCount(0)
    expect(await places()).toEqual(before)
    await fare.dblclick({ position: { x: 24, y: 16 } })
    await editor.type('Ten')
    expect(rowsOf((await blocks())[0])).toEqual([
      ['Route', 'Fare'],
      ['North', 'Ten']
    ])
  })

  test('arrow keys go between cells and out of the table', async () => {
    await editor.load(body(paragraph('a', 'above'), table('t', ['a1', 'b1'], ['a2', 'b2']), paragraph('z', 'below')), 3)
    await editor.page.getByRole('textbox', { name: 'Row 1, column 1' }).click()
    await editor.press('End')
    await editor.press('ArrowRight')
    await expect(editor.page.getByRole('textbox', { name: 'Row 1, column 2' })).toBeFocused()
    await editor.press('ArrowDown')
    await expect(editor.page.getByRole('textbox', { name: 'Row 2, column 2' })).toBeFocused()
    await editor.press('ArrowDown')
    await editor.type('x')
    expect((await bare())[2]).toEqual({ type: 'paragraph', runs: [{ text: 'xbelow' }] })
  })

  test('rows and columns come and go from the tools, each a step of undo', async () => {
    const start = body(table('t', ['a1', 'b1'], ['a2', 'b2']))
    await editor.load(start, 3)
    await editor.page.getByRole('textbox', { name: 'Row 2, column 1' }).click()
    const tool = (name: string) => editor.page.getByRole('toolbar', { name: 'Table' }).getByRole('button', { name })
    await tool('Add a row below').click()
    await tool('Add a column before').click()
    expect(rowsOf((await blocks())[0])).toEqual([
      ['', 'a1', 'b1'],
      ['', 'a2', 'b2'],
      ['', '', '']
    ])
    await tool('First column names the rows').click()
    await tool('Remove the row').click()
    expect((await blocks())[0]).toMatchObject({ headerRow: true, headerColumn: true })
    expect(rowsOf((await blocks())[0])).toEqual([
      ['', 'a1', 'b1'],
      ['', '', '']
    ])
    for (let step = 0; step < 4; step += 1) await editor.press('Control+z')
    expect(await blocks()).toEqual(start.blocks)
  })

  test('a cell keeps marks and links that nobody edits, and what is pasted into it is one line', async () => {
    const link = { text: 'fares', link: { href: 'https://port.example/' } }
    const start = body({
      id: 't',
      type: 'table',
      headerRow: false,
      headerColumn: false,
      rows: [{ cells: [{ runs: [link] }, cell('')] }]
    })
    await editor.load(start, 3)
    await editor.page.getByRole('textbox', { name: 'Row 1, column 1' }).click()
    await editor.press('End')
    await editor.press('Tab')
    await editor.type('x')
    expect((await blocks())[0]).toMatchObject({ rows: [{ cells: [{ runs: [link] }, { runs: [{ text: 'x' }] }] }] })
  })

  test('Escape selects it as a whole, and the next key deletes it', async () => {
    await editor.load(body(paragraph('a', 'above'), table('t', ['a1'])), 3)
    await editor.page.getByRole('textbox', { name: 'Row 1, column 1' }).click()
    await editor.press('Escape')
    await editor.press('Backspace')
    expect(await blocks()).toEqual([paragraph('a', 'above')])
  })
})
