import { expect, test } from '@playwright/test'
import { EditorPage } from './support/editor-page.ts'

let editor: EditorPage
test.beforeAll(async ({ browser }) => {
  editor = await EditorPage.open(browser)
})

const field = () => editor.page.getByRole('textbox', { name: 'Headline' })
const open = (value: string, multiline = false) =>
  editor.page.evaluate(
    ([value, multiline]) => {
      window.harness.openPlain(value, multiline)
    },
    [value, multiline] as const
  )
const state = () => editor.page.evaluate(() => window.harness.plain())

test.describe('a field of plain text', () => {
  test('is typed in, undone and redone by itself', async () => {
    await open('Bridge')
    await field().click()
    await editor.press('End')
    await editor.page.keyboard.insertText(' closed')
    expect((await state()).line).toBe('Bridge closed')
    await editor.press('Control+z')
    expect((await state()).line).toBe('Bridge')
    await editor.press('Control+Shift+z')
    expect((await state()).line).toBe('Bridge closed')
  })

  test('of one line: Enter goes on, and pasted lines are joined', async () => {
    await open('')
    await field().click()
    await editor.press('Enter')
    await editor.press('Shift+Enter')
    expect(await state()).toEqual({ line: '', entered: 2 })
    await editor.paste({ 'text/plain': 'two \r\n lines\tand a tab', 'text/html': '<b>no</b>' })
    expect((await state()).line).toBe('two lines and a tab')
    expect(await field().locator('p').count()).toBe(1)
  })

  test('of many lines keeps them', async () => {
    await open('one', true)
    await field().click()
    await editor.press('End')
    await editor.press('Enter')
    await editor.type('two')
    expect((await state()).line).toBe('one\ntwo')
    await editor.paste({ 'text/plain': '\r\nthree' })
    expect((await state()).line).toBe('one\ntwo\nthree')
  })

  test('takes a text from outside without losing the caret', async () => {
    await open('Bridge closed')
    await field().click()
    await editor.press('Home')
    for (let n = 0; n < 6; n += 1) await editor.press('ArrowRight')
    await editor.page.evaluate(() => {
      window.harness.setPlain('The bridge is shut: Bridge closed', false)
    })
    await editor.page.evaluate(() => {
      window.harness.setPlain('Bridge closed', false)
    })
    await editor.page.evaluate(() => {
      window.harness.setPlain('Bridge closed today', false)
    })
    await editor.type('|')
    expect((await state()).line).toContain('|')
    expect((await state()).line.replace('|', '')).toBe('Bridge closed today')
  })

  test('is a named text box', async () => {
    await open('x')
    await expect(field()).toHaveAttribute('aria-multiline', 'false')
    await expect(field()).toHaveText('x')
  })
})
