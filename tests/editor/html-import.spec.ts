import { expect, test, type Page } from '@playwright/test'
import fc from 'fast-check'
import type { StoredBody } from '../../src/shared/document/document.ts'
import { EditorPage, withoutIds } from './support/editor-page.ts'

let editor: EditorPage
test.beforeAll(async ({ browser }) => {
  editor = await EditorPage.open(browser)
})

const HOSTILE = [
  '<img src="https://evil.test/0.png" onerror="window.hacked=1">',
  '<svg onload="window.hacked=1"><image href="https://evil.test/1.png"></svg>',
  '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
  '<video src="https://evil.test/3.mp4" autoplay></video><audio src="https://evil.test/3.mp3"></audio>',
  '<link rel=stylesheet href="https://evil.test/4.css"><style>@import url(https://evil.test/4b.css)</style>',
  '<p style="background:url(https://evil.test/5.png)">x</p>',
  '<input autofocus onfocus="window.hacked=1"><details open ontoggle="window.hacked=1">x</details>',
  '<script src="https://evil.test/7.js"></script><base href="https://evil.test/">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.hacked=1&gt;"></table></mtext></math>',
  '<a href="javascript:window.hacked=1" id=x autofocus tabindex=1 onfocus=window.hacked=1>x</a>'
].map((html, index) => `${html}<p>words${index}</p>`)

test.describe('pasted HTML', () => {
  test('nothing of it runs, and nothing it names is asked for', async () => {
    const requests: string[] = []
    const listen = (request: { url(): string }) => requests.push(request.url())
    editor.page.on('request', listen)
    const body: StoredBody = { version: 1, blocks: [] }
    await editor.load(body, undefined)
    await editor.focus()
    await editor.paste({ 'text/html': HOSTILE.join('') })
    await editor.settle()
    expect(await editor.page.evaluate(() => 'hacked' in window)).toBe(false)
    editor.page.off('request', listen)
    expect(requests).toEqual([])
    const words = JSON.stringify((await editor.check()).blocks)
    for (const [index] of HOSTILE.entries()) expect(words).toContain(`words${index}`)
  })

  test('form fields named like a node do not hold the window', async () => {
    await editor.load({ version: 1, blocks: [] }, undefined)
    await editor.focus()
    await editor.paste({ 'text/html': '<form><input name=nextSibling><input name=parentNode><p>here</p></form>' })
    expect(withoutIds(await editor.check())).toEqual([{ type: 'paragraph', runs: [{ text: 'here' }] }])
  })

  test('no visible word is lost and none is made up', async () => {
    test.setTimeout(180_000)
    await fc.assert(
      fc.asyncProperty(fc.array(markup, { minLength: 20, maxLength: 20 }), async (pages) => {
        for (const { html, visible, imported, atMost } of await compare(editor.page, pages)) {
          expect(missing(visible, imported), html).toBe('')
          expect(missing(imported, atMost), html).toBe('')
        }
      }),
      { numRuns: 20 }
    )
  })
})

interface Compared {
  readonly html: string
  /** What a browser shows of the page. */
  readonly visible: string
  /** What the blocks made of it say. */
  readonly imported: string
  /** What a browser shows, controls and drawings included: the words of a control in broken markup may come in. */
  readonly atMost: string
}

function compare(page: Page, pages: readonly string[]): Promise<Compared[]> {
  return page.evaluate((pages) => {
    const squeeze = (text: string | null) => (text ?? '').replace(/\s+/g, '')
    const shownOf = (html: string, leftOut: string) => {
      const { body } = new DOMParser().parseFromString(html, 'text/html')
      for (const element of body.querySelectorAll(leftOut)) element.remove()
      return squeeze(body.textContent)
    }
    return pages.map((html) => {
      const texts: string[] = []
      for (const block of window.harness.importHtml(html)) {
        if ('runs' in block) texts.push(...block.runs.map((run) => run.text))
        else if ('items' in block) texts.push(...block.items.flatMap((item) => item.runs.map((run) => run.text)))
        else if (block.type === 'table')
          texts.push(...block.rows.flatMap(({ cells }) => cells.flatMap(({ runs }) => runs.map((run) => run.text))))
      }
      const unseen = 'script,style,template,noscript,iframe,[hidden]'
      return {
        html,
        visible: shownOf(html, `${unseen},svg,button`),
        imported: squeeze(texts.join('')),
        atMost: shownOf(html, unseen)
      }
    })
  }, pages)
}

/** The letters of a text that another lacks, each as often as it is there: a browser moves words out of broken tables. */
function missing(text: string, within: string): string {
  const left = new Map<string, number>()
  for (const letter of within) left.set(letter, (left.get(letter) ?? 0) + 1)
  return [...text]
    .filter((letter) => {
      const count = left.get(letter) ?? 0
      left.set(letter, count - 1)
      return count <= 0
    })
    .join('')
}

const markup: fc.Arbitrary<string> = fc.letrec<{ node: string; nodes: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom(
      'word',
      ' two words ',
      'é&amp;',
      '&nbsp;',
      '\n',
      'نص',
      '<br>',
      '<hr>',
      '<script>no()</script>',
      '<style>x{}</style>',
      '<!-- c -->',
      '<p hidden>no</p>',
      '<li>loose',
      '<td>cell',
      '<x-y>odd'
    ),
    fc
      .tuple(
        fc.constantFrom(
          'p',
          'div',
          'b',
          'i',
          'span',
          'h1',
          'h2',
          'h5',
          'ul',
          'ol',
          'li',
          'blockquote',
          'table',
          'tr',
          'td',
          'pre',
          'a',
          'figure',
          'figcaption',
          'section',
          'code',
          'sup',
          'dl',
          'dt',
          'font',
          'button',
          'svg'
        ),
        tie('nodes')
      )
      .map(([tag, inner]) => `<${tag}>${inner}</${tag}>`)
  ),
  nodes: fc.array(tie('node'), { maxLength: 5 }).map((nodes) => nodes.join(''))
})).nodes
