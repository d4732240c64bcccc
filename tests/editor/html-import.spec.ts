import { expect, test, type Page } from '@playwright/test'
import fc from 'fast-check'
import { EditorPage } from './support/editor-page.ts'

let editor: EditorPage
test.beforeAll(async ({ browser }) => {
  editor = await EditorPage.open(browser)
})

const read = (html: string) => editor.page.evaluate((html) => window.harness.importHtml(html), html)

test.describe('pasted HTML', () => {
  test('keeps structure, marks and safe links', async () => {
    expect(
      await read(
        '<h1>Head <i>line</i></h1><p>One <b>bold <a href="https://example.org/x" title="T">link</a></b>, <a href="javascript:alert(1)">bad</a>.</p><blockquote><p>Said</p></blockquote>'
      )
    ).toEqual([
      { type: 'heading', level: 2, runs: [{ text: 'Head ' }, { text: 'line', marks: ['italic'] }] },
      {
        type: 'paragraph',
        runs: [
          { text: 'One ' },
          { text: 'bold ', marks: ['bold'] },
          { text: 'link', marks: ['bold'], link: { href: 'https://example.org/x', title: 'T' } },
          { text: ', bad.' }
        ]
      },
      { type: 'quote', runs: [{ text: 'Said' }] }
    ])
  })

  test('nested lists become depths', async () => {
    expect(await read('<ol><li>a<ul><li>b</li><li><p>c</p><p>d</p></li></ul></li><li>e</li></ol><p>f</p>')).toEqual([
      {
        type: 'list',
        ordered: true,
        items: [
          { runs: [{ text: 'a' }], depth: 0 },
          { runs: [{ text: 'b' }], depth: 1 },
          { runs: [{ text: 'c\nd' }], depth: 1 },
          { runs: [{ text: 'e' }], depth: 0 }
        ]
      },
      { type: 'paragraph', runs: [{ text: 'f' }] }
    ])
  })

  test('Word lists, Google bold and line breaks', async () => {
    expect(
      await read(
        '<b style="font-weight:normal"><p>x<br>y</p></b><p style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">1.&nbsp;</span>item</p><p>a<span style="font-weight:700">b</span></p>'
      )
    ).toEqual([
      { type: 'paragraph', runs: [{ text: 'x\ny' }] },
      { type: 'list', ordered: true, items: [{ runs: [{ text: 'item' }], depth: 1 }] },
      { type: 'paragraph', runs: [{ text: 'a' }, { text: 'b', marks: ['bold'] }] }
    ])
  })

  test('what is not text of the page stays out; of pictures elsewhere only the words come in', async () => {
    const requests: string[] = []
    const listen = (request: { url(): string }) => requests.push(request.url())
    editor.page.on('request', listen)
    expect(
      await read(
        '<style>p{}</style><script>window.hacked=1</script><p onclick="x()" style="display:none">hidden</p><p>seen<img src="https://evil.test/x.png" alt=" a photo" onerror="window.hacked=1"></p><svg><text>no</text></svg><iframe src="https://evil.test/"></iframe>'
      )
    ).toEqual([{ type: 'paragraph', runs: [{ text: 'seena photo' }] }])
    expect(await editor.page.evaluate(() => 'hacked' in window)).toBe(false)
    editor.page.off('request', listen)
    expect(requests).toEqual([])
  })

  test('no visible word is lost and none is made up', async () => {
    test.setTimeout(180_000)
    await fc.assert(
      fc.asyncProperty(markup, async (html) => {
        const { visible, imported } = await compare(editor.page, html)
        expect(imported).toEqual(visible)
      }),
      { numRuns: 150 }
    )
  })
})

/** The words a browser shows of the page, and the words of the blocks made of it. */
function compare(page: Page, html: string): Promise<{ visible: string; imported: string }> {
  return page.evaluate((html) => {
    const squeeze = (text: string) => text.replace(/\s+/g, '')
    const texts: string[] = []
    for (const block of window.harness.importHtml(html)) {
      if ('runs' in block) texts.push(...block.runs.map((run) => run.text))
      else if ('items' in block) texts.push(...block.items.flatMap((item) => item.runs.map((run) => run.text)))
    }
    const shown = new DOMParser().parseFromString(html, 'text/html').body
    for (const element of shown.querySelectorAll('script,style,template,noscript,iframe,svg,[hidden]')) element.remove()
    return { visible: squeeze(shown.textContent ?? ''), imported: squeeze(texts.join('')) }
  }, html)
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
