import { describe, expect, test } from 'vitest'
import { lines, read } from './read.ts'

test('headings, marks, safe links and quotes keep their kind', () => {
  const html =
    '<h1>Head <i>line</i></h1><p>One <b>bold <a href="https://example.org/x" title="T">link</a></b>, <a href="javascript:alert(1)">bad</a>.</p><blockquote><p>Said</p></blockquote>'
  expect(read(html)).toEqual([
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

describe('lists', () => {
  test('nest as depths, and paragraphs of an item are its lines', () => {
    expect(lines('<ol><li>a<ul><li>b<li><p>c</p><p>d</p></ul><li>e</ol><p>f')).toEqual([
      '1. a\n  - b\n  - c\nd\n2. e',
      'f'
    ])
  })

  test('a numbered list inside a bulleted one is numbered', () => {
    expect(lines('<ul><li>a<ol><li>x<li>y</ol><li>b</ul>')).toEqual(['- a\n  # x\n  # y\n- b'])
  })

  test('begin where they say', () => {
    expect(read('<ol start="7"><li>seven</li><li>eight</li></ol>')).toMatchObject([{ start: 7, ordered: true }])
    expect(lines('<ol><li>a</ol><ol start=1><li>b</ol>')).toEqual(['1. a', '1. b'])
    expect(lines('<ol><li>a<li value=9>b<li>c</ol>')).toEqual(['1. a', '9. b\n10. c'])
  })

  test('a list for every item is one list, with levels the items say', () => {
    const one = (tag: string, level: number, text: string, start = 1) =>
      `<div class="ListContainerWrapper"><${tag} start="${start}"><li data-aria-level="${level}"><p><span>${text}</span></p></li></${tag}></div>`
    const html =
      one('ol', 1, 'One') +
      one('ol', 2, 'deeper') +
      one('ol', 1, 'Two', 2) +
      one('ul', 2, 'dot') +
      one('ol', 1, 'Three', 3)
    expect(lines(html)).toEqual(['1. One\n  # deeper\n2. Two\n  - dot\n3. Three'])
    expect(lines(one('ul', 1, 'a') + one('ul', 1, 'b'))).toEqual(['- a\n- b'])
    expect(lines(`${one('ol', 1, 'a')}<p>between</p>${one('ol', 1, 'b', 2)}`)).toEqual(['1. a', 'between', '2. b'])
  })

  test('a heading in an item is a heading, and numbers go on behind it', () => {
    expect(read('<ol><li>one</li><li><h3>Head</h3><p>text</p></li><li>three</li></ol>')).toMatchObject([
      { type: 'list' },
      { type: 'heading', level: 3 },
      { type: 'paragraph' },
      { type: 'list', start: 3 }
    ])
  })
})

describe('tables', () => {
  test('cells that hold paragraphs, breaks or short lists stay on their line', () => {
    const html =
      '<table><tr><td><p>Year</p></td><td><p>Cost</p><p>in euro</p></td></tr><tr><td>2025<br>est.</td><td><ul><li>5m</li><li>net</li></ul></td></tr></table>'
    expect(lines(html)).toEqual(['[Year|Cost in euro; 2025 est.|5m net]'])
  })

  test('empty, wide and tall cells keep figures in their columns', () => {
    const html =
      '<table><tr><th></th><th colspan=2>Votes</th><th>Seats</th></tr><tr><td rowspan=2>North</td><td>1</td><td></td><td>3</td></tr><tr><td>4</td><td>5</td><td></td></tr></table>'
    expect(lines(html)).toEqual(['[**|*Votes*|**|*Seats*; North|1||3; |4|5]'])
  })

  test('a table that only lays out a page gives the page', () => {
    const html = '<table><tr><td><h2>Head</h2><p>One.</p><ul><li>a</li></ul></td><td><p>Two.</p></td></tr></table>'
    expect(lines(html)).toEqual(['Head', 'One.', '- a', 'Two.'])
    expect(lines('<table role="presentation"><tr><td>One.</td><td>Two.</td></tr></table>')).toEqual(['One.', 'Two.'])
    expect(lines('<table><tr><td>One.<br><br>Two.</td></tr></table>')).toEqual(['One.', 'Two.'])
  })

  test('keep what names rows and columns: by their cells, by the head, by letters that are bold', () => {
    const named = '<tr><th>North</th><td>1</td></tr><tr><th>South</th><td>2</td></tr>'
    expect(lines(`<table><tr><th></th><th>Votes</th></tr>${named}</table>`)).toEqual([
      '[**|*Votes*; *North*|1; *South*|2]'
    ])
    expect(lines('<table><thead><tr><td>A<td>B<tbody><tr><td>1<td>2</table>')).toEqual(['[*A*|*B*; 1|2]'])
    expect(lines('<table><tr><td><b>A</b><td><b>B</b><tr><td>1<td>2</table>')).toEqual(['[*A*|*B*; 1|2]'])
    expect(lines('<table><tr><td><b>A</b><td>B<tr><td>1<td>2</table>')).toEqual(['[A|B; 1|2]'])
  })

  test('a title over all columns is a row, a column by itself is text, and a row alone is a table', () => {
    expect(lines('<table><tr><td colspan=2>Seats<tr><td>North<td>3</table>')).toEqual(['[Seats; North|3]'])
    expect(lines('<table><tr><td>One.<tr><td>Two.</table>')).toEqual(['One.', 'Two.'])
    expect(lines('<table><tr><td>North<td>3</table>')).toEqual(['[North|3]'])
    expect(lines('<table><tr><td colspan=2>Menu<tr><td><h2>Left</h2><td>Right</table>')).toEqual([
      'Menu',
      'Left',
      'Right'
    ])
  })

  test('a table in a cell of another is the table; the other lays it out, and no word is lost', () => {
    const inner = '<table><tr><td>1<td>2</table>'
    expect(lines(`<table><tr><td>Before ${inner} after<td>Beside</table>`)).toEqual([
      'Before',
      '[1|2]',
      'after',
      'Beside'
    ])
  })

  test('a caption stands above, marks and links stay, an empty row does not', () => {
    const html =
      '<table><caption>Seats</caption><tr><td>A<td><a href="https://x.example/"><i>B</i></a><tr><td> <td><tr><td>C<td>D</table>'
    expect(read(html)).toEqual([
      { type: 'paragraph', runs: [{ text: 'Seats' }] },
      {
        type: 'table',
        headerRow: false,
        headerColumn: false,
        rows: [
          {
            cells: [
              { runs: [{ text: 'A' }] },
              { runs: [{ text: 'B', marks: ['italic'], link: { href: 'https://x.example/' } }] }
            ]
          },
          { cells: [{ runs: [{ text: 'C' }] }, { runs: [{ text: 'D' }] }] }
        ]
      }
    ])
  })

  test('cells whose rows and ends were left out', () => {
    expect(lines('<table><td>a<td>b<tr><td>c<td>d</table>e')).toEqual(['[a|b; c|d]', 'e'])
  })
})

describe('pictures', () => {
  test('are blocks behind the line they stand in; their description is not copy', () => {
    expect(read('<p>Text <img src="cid:a@b" alt="Logo, description generated"> more</p><p>after</p>')).toEqual([
      { type: 'paragraph', runs: [{ text: 'Text more' }] },
      { type: 'picture', src: 'cid:a@b', alt: 'Logo, description generated', caption: '', credit: '' },
      { type: 'paragraph', runs: [{ text: 'after' }] }
    ])
  })

  test('have the caption and credit of their figure', () => {
    const html =
      '<figure><img src="a.jpg" alt="Alt"><figcaption>Caption — <span class="photo-credit">Someone</span></figcaption></figure>'
    expect(read(html)).toEqual([{ type: 'picture', src: 'a.jpg', alt: 'Alt', caption: 'Caption', credit: 'Someone' }])
    expect(lines('<figure><video>no</video><figcaption>words</figcaption></figure>after')).toEqual(['words', 'after'])
  })

  test('ornaments and counters are none, an emoji is its character', () => {
    expect(
      lines('<p>a<img src="https://e.org/1.gif" width=1 height=1><img src="https://e.org/s.png" alt="🙂">b</p>')
    ).toEqual(['a🙂b'])
  })

  test('a picture loaded late is where the page will load it from', () => {
    expect(
      lines(
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==" data-src="https://e.org/p.jpg">'
      )
    ).toEqual(['[https://e.org/p.jpg]'])
    expect(lines('<img src="data:image/svg+xml,%3Csvg%3E">')).toEqual([])
  })

  test('a slot of our own page stays a slot', () => {
    const html =
      '<figure class="picture-to-come"><p class="placeholder" role="img" aria-label="The harbour">Picture to come</p><figcaption><span class="caption">Cap</span></figcaption></figure>'
    expect(read(html)).toEqual([{ type: 'picture', src: '', alt: 'The harbour', caption: 'Cap', credit: '' }])
  })
})

describe('breaks', () => {
  test('two in a row part paragraphs, one is a line break', () => {
    expect(lines('One.<br>\n<br>Two.<br>Still two.<br>&nbsp;<br>Three.<br class="Apple-interchange-newline">')).toEqual(
      ['One.', 'Two.\nStill two.', 'Three.']
    )
    expect(lines('<div>a</div><div><br></div><div>b</div>')).toEqual(['a', 'b'])
  })

  test('white space is read as the page shows it', () => {
    expect(lines('<p style="white-space: pre-line">a\n  b\n\nc</p>')).toEqual(['a\nb', 'c'])
    expect(lines('<pre>\n  a\n    b</pre>')).toEqual(['  a\n    b'])
    expect(lines('<div style="white-space: pre;"><div>if x:</div><br><div>    go()</div></div>')).toEqual([
      'if x:',
      '    go()'
    ])
    expect(lines('<p style="white-space-collapse: preserve">  a  b</p><p>\n  c\n  d </p>')).toEqual(['  a  b', 'c d'])
    expect(lines('<p style="white-space:pre-wrap">a <span style="white-space:normal">b\n   c</span></p>')).toEqual([
      'a b c'
    ])
  })

  test('separators of other systems break lines, part paragraphs, or part words', () => {
    expect(lines('<p>a\u2028b\u2029c&#11;d\u0085e\u001ff\fg</p>')).toEqual(['a\nb', 'c\nd\ne f g'])
  })

  test('what nobody sees inside of words goes; what shapes a script stays', () => {
    expect(lines('<p>news&shy;paper \ufefflist\u200bing می\u200cخواهم ภาษา\u200bไทย</p>')).toEqual([
      'newspaper listing می\u200cخواهم ภาษา\u200bไทย'
    ])
    expect(lines('<p>one\u200btwo</p>')).toEqual(['onetwo'])
  })
})

test('a block says its direction where its words would read the other way', () => {
  expect(
    read('<div dir="rtl"><p>BBC قالت</p><p>قالت</p><p dir="ltr">NATO</p></div><p style="direction:rtl">2025</p>')
  ).toEqual([
    { type: 'paragraph', runs: [{ text: 'BBC قالت' }], dir: 'rtl' },
    { type: 'paragraph', runs: [{ text: 'قالت' }] },
    { type: 'paragraph', runs: [{ text: 'NATO' }] },
    { type: 'paragraph', runs: [{ text: '2025' }], dir: 'rtl' }
  ])
  expect(read('<ul dir="rtl"><li>AFP قالت</li></ul>')).toMatchObject([{ type: 'list', dir: 'rtl' }])
})

test('ends that were left out, or are in the wrong place, are read as browsers read them', () => {
  expect(read('<p><b>One</p><p>two</b> three</p>')).toEqual([
    { type: 'paragraph', runs: [{ text: 'One', marks: ['bold'] }] },
    { type: 'paragraph', runs: [{ text: 'two', marks: ['bold'] }, { text: ' three' }] }
  ])
  expect(read('<b><p>x</b>y</p>')).toEqual([
    { type: 'paragraph', runs: [{ text: 'x', marks: ['bold'] }, { text: 'y' }] }
  ])
  expect(lines('<p>a<p>b<div>c</p>d</div><h2>e<h3>f')).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  expect(lines('<svg><title>no</title><p>yes</svg>also')).toEqual(['yesalso'])
})

test.each([
  ['&Afr;', '𝔄'],
  ['x&Aopf;&Aopf;y', 'x𝔸𝔸y'],
  ['<b>&zscr;</b>', '𝓏'],
  ['&#x1d504; &#120068;', '𝔄 𝔄'],
  ['&acE;', '∾̳'],
  ['&fjlig;', 'fj'],
  ['&amp;Afr; &Afr', '&Afr; &Afr']
])('a character has its name, however far it is: %s', (html, text) => {
  expect(lines(`<p>${html}</p>`)).toEqual([text])
})
