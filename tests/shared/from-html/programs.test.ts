import { describe, expect, test } from 'vitest'
import { leftOut, lines, read } from './read.ts'

describe('Word', () => {
  const head = `<html xmlns:o="urn:o" xmlns:w="urn:w"><head><!--[if gte mso 9]><xml><w:LatentStyles>${'<w:LsdException Locked="false" Name="x">'.repeat(376)}</w:LatentStyles></xml><![endif]--><style>p{}</style></head><body lang=EN-GB>`

  test('its long comment of unclosed elements costs nothing', () => {
    expect(
      read(
        `${head}<!--StartFragment--><h1>Head<o:p></o:p></h1><p class=MsoNormal><b>Bold</b> plain<o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>`
      )
    ).toEqual([
      { type: 'heading', level: 2, runs: [{ text: 'Head' }] },
      { type: 'paragraph', runs: [{ text: 'Bold', marks: ['bold'] }, { text: ' plain' }] }
    ])
    expect(read(`${'<w:LsdException Locked="false"/>'.repeat(2000)}<p><i>x</i></p>`)).toEqual([
      { type: 'paragraph', runs: [{ text: 'x', marks: ['italic'] }] }
    ])
  })

  test('its lists are paragraphs with a number written out', () => {
    const item = (level: number, marker: string, text: string, list = 'lfo1') =>
      `<p class=MsoListParagraph style='margin-left:36.0pt;mso-list:l0 level${level} ${list}'><![if !supportLists]><span style='mso-list:Ignore'>${marker}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>${text}<o:p></o:p></p>`
    expect(
      lines(
        item(1, '4.', 'four') +
          item(2, '·', 'dot') +
          item(1, '5.', 'five') +
          item(1, '·', 'other', 'lfo2') +
          '<p>out</p>'
      )
    ).toEqual(['4. four\n  - dot\n5. five', '- other', 'out'])
    expect(lines(item(1, '(a)', 'letter'))).toEqual(['1. letter'])
  })

  test('a comment’s mark goes without its class too, and the words around it stay', () => {
    expect(lines('<p>Yes.<a href="#_msocom_2" name="_msoanchor_2">[CD2]</a> More.</p>')).toEqual(['Yes. More.'])
    expect(lines('<p>See <a href="#_ftn1" name="_ftnref1">[1]</a> and <a href="#top">the top</a>.</p>')[0]).toContain(
      '[1]'
    )
  })

  test('comments in the margin and their marks stay out, and it is said', () => {
    const html =
      "<p class=MsoNormal>The clerk <a style='mso-comment-reference:AB_1'>said yes</a>.<span class=MsoCommentReference><span><a class=msocomanchor href=\"#_msocom_1\">[AB1]</a><span style='mso-special-character:comment'>&nbsp;</span></span></span></p><div style='mso-element:comment-list'><hr class=msocomoff><div style='mso-element:comment'><div class=msocomtxt><p class=MsoCommentText><a class=msocomoff>[AB1]</a>LEGAL: no</p></div></div></div>"
    expect(lines(html)).toEqual(['The clerk said yes.'])
    expect(leftOut(html)).toEqual({ comments: 1 })
    expect(leftOut('<p>none</p>')).toEqual({ comments: 0 })
  })

  test('comments of a page that Google Docs exported stay out, and it is said', () => {
    const mark = (n: number): string => `<sup><a href="#cmnt${n}" id="cmnt_ref${n}">[${'ab'[n - 1]}]</a></sup>`
    const box = (n: number): string =>
      `<div style="border:1px solid black;margin:5px"><p class="c1"><a href="#cmnt_ref${n}" id="cmnt${n}">[a]</a><span>LEGAL: no</span></p><p>and again</p></div>`
    const html = `<p>The clerk said yes${mark(1)}, twice${mark(2)}.</p>${box(1)}${box(2)}<p>The end.</p>`
    expect(lines(html)).toEqual(['The clerk said yes, twice.', 'The end.'])
    expect(leftOut(html)).toEqual({ comments: 2 })
  })

  test('tabs, spaces, footnotes, titles and hidden text', () => {
    const html =
      "<p class=MsoTitle>Title</p><p>a<span style='mso-tab-count:1'>    </span>b<span style='mso-spacerun:yes'>&nbsp;&nbsp; </span>c<a style='mso-footnote-id:ftn1' href=\"#_ftn1\"><sup>[1]</sup></a><span style='mso-hide:all'>no</span></p><div style='mso-element:footnote-list'><hr align=left size=1 width=\"33%\"><div style='mso-element:footnote'><p>[1] Note.</p></div></div>"
    expect(lines(html)).toEqual(['Title', 'a\tb c[1]', '[1] Note.'])
    expect(read(html)[0]).toMatchObject({ type: 'heading', level: 2 })
  })
})

test('Google Docs wraps everything in a bold that is none', () => {
  const html =
    '<b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span style="font-weight:400;white-space:pre-wrap">Head</span></h2><p dir="ltr"><span style="font-weight:700;vertical-align:baseline;white-space:pre-wrap;">Bold</span><span style="font-weight:400;vertical-align:super"> up</span></p><br><p dir="ltr"><a href="https://x.org/" style="text-decoration:none"><span style="text-decoration:underline;color:#1155cc">link</span></a></p></b>'
  expect(read(html)).toEqual([
    { type: 'heading', level: 2, runs: [{ text: 'Head' }] },
    {
      type: 'paragraph',
      runs: [
        { text: 'Bold', marks: ['bold'] },
        { text: ' up', marks: ['superscript'] }
      ]
    },
    { type: 'paragraph', runs: [{ text: 'link', link: { href: 'https://x.org/' } }] }
  ])
})

describe('marks by style', () => {
  test('a child switches off what its parent set', () => {
    expect(
      read(
        '<p><b>Bold <span style="font-weight: normal">not</span></b> <em>it <i style="font-style:normal">not</i></em></p>'
      )
    ).toEqual([
      {
        type: 'paragraph',
        runs: [
          { text: 'Bold ', marks: ['bold'] },
          { text: 'not ' },
          { text: 'it ', marks: ['italic'] },
          { text: 'not' }
        ]
      }
    ])
    expect(read('<p style="font: italic bold 12px Times">x<span style="font:12px Times">y</span></p>')).toEqual([
      { type: 'paragraph', runs: [{ text: 'x', marks: ['bold', 'italic'] }, { text: 'y' }] }
    ])
  })

  test('a heading is bold by being one', () => {
    expect(read('<h2><b>All</b></h2><h2>One <b>word</b></h2><h3 style="font-weight:700">Styled</h3>')).toEqual([
      { type: 'heading', level: 2, runs: [{ text: 'All' }] },
      { type: 'heading', level: 2, runs: [{ text: 'One ' }, { text: 'word', marks: ['bold'] }] },
      { type: 'heading', level: 3, runs: [{ text: 'Styled' }] }
    ])
  })
})

test('Safari, Slack, mail and sheets', () => {
  expect(lines('<p>one<span class="Apple-converted-space">&nbsp; </span>two</p>')).toEqual(['one two'])
  expect(lines('a<span class="c-mrkdwn__br" data-stringify-type="paragraph-break"></span>b')).toEqual(['a', 'b'])
  expect(
    lines(
      '<div>Best,<div class="gmail_signature">-- <br>Ann</div></div><blockquote type="cite"><div>Old <blockquote>older</blockquote></div></blockquote>'
    )
  ).toEqual(['Best,', '--\nAnn', 'Old', 'older'])
  expect(
    lines(
      '<google-sheets-html-origin><style>td{}</style><table><colgroup><col width=100></colgroup><tbody><tr><td data-sheets-value="{}">a</td><td></td></tr></tbody></table>'
    )
  ).toEqual(['a'])
  expect(lines('<span style="display:block">a</span><span style="display:block">b</span>')).toEqual(['a', 'b'])
  expect(lines('<p>He said <q>go <q>now</q></q>.</p>')).toEqual(['He said “go ‘now’”.'])
})

describe('hidden text and controls', () => {
  test('what the page does not show is not copy', () => {
    const hidden = [
      'hidden',
      'style="display:none"',
      'style="Visibility: hidden"',
      'style="font-size:0"',
      'style="mso-hide:all"'
    ]
    for (const attribute of hidden) expect(lines(`<p>a<span ${attribute}>no</span>b</p>`), attribute).toEqual(['ab'])
    expect(lines('<div style="visibility:hidden">no<p style="visibility:visible">yes</p></div>')).toEqual(['yes'])
    expect(
      lines('<ul style="font-size:0"><li style="font-size:16px">a</li> <li style="font-size:16px">b</li></ul>')
    ).toEqual(['- a\n- b'])
  })

  test('neither is what a control holds; one that never ends does not swallow the rest', () => {
    expect(
      lines('<p>a<button>Share</button><textarea>x</textarea><select><option>y</select><noscript>z</noscript>b</p>')
    ).toEqual(['ab'])
    expect(lines('<p>a<button>b <p>c')).toEqual(['ab', 'c'])
  })
})
