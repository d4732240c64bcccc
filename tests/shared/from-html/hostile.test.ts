import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blocksOfHtml } from '../../../src/shared/document/from-html/blocks-of-html.ts'
import { StoredBody } from '../../../src/shared/document/document.ts'
import { lines, read } from './read.ts'

describe('markup made to do harm', () => {
  test.each([
    ['<form><input name=nextSibling><input name=firstChild><input name=parentNode><p>words</p></form>', ['words']],
    ['<form id=x><output name=attributes>a</output></form><p>b', ['a', 'b']],
    ['<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">x', ['x']],
    ['<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">y', ['[1]', '">y']],
    [
      '<a href="java&#10;script:alert(1)">one</a> <a href=" JaVaScRiPt:x">two</a> <a href="data:text/html,x">three</a>',
      ['one two three']
    ],
    ['<!--><img src=x onerror=alert(1)>--!> a <!doctype x [<!ENTITY y "z">]> b', ['[x]', '--!> a ]> b']],
    ['<xmp><script>no</script></xmp><plaintext><b>kept', ['<script>no</script>', '<b>kept']],
    ['<p __proto__=x constructor=y style="constructor:x" dir=__proto__>fine', ['fine']],
    ['<template><p>no</p></template><object><p>no</p></object><iframe srcdoc="<p>x">no</iframe>yes', ['yes']],
    ['<table><tr><td colspan=999999999 rowspan=-5>a<td>b', [`[a${'|'.repeat(100)}b]`]],
    ['a\u0000b<p>c\u0001d</p>\ud800', ['ab', 'cd', '\ufffd']],
    ['<b><i><u>'.repeat(500) + 'deep' + '</p></div></table>', ['deep']],
    ['1 < 2 <3 <', ['1 < 2 <3 <']]
  ])('%s', (html, expected) => {
    expect(lines(html)).toEqual(expected)
  })

  test('a hundred thousand of anything is read in one pass', () => {
    for (const piece of [
      '<div>',
      '<b>',
      '<p><b><i>x',
      '<table><tr><td>',
      '<svg><p>',
      '<button>',
      '</x>',
      '<ul><li>',
      '<figure>',
      '&',
      '<',
      '<a href=x',
      '<q>',
      '<li>x<br><p>y',
      ' \u00a0',
      '<blockquote>z'
    ])
      expect(() => read(piece.repeat(100_000), 64_000), piece).not.toThrow()
  })
})

test('whatever the markup, the result fits the stored body and holds no script address', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const blocks = blocksOfHtml(parts.join(''))
      expect(StoredBody.safeParse({ version: 1, blocks }).error).toBeUndefined()
      expect(JSON.stringify(blocks)).not.toMatch(/javascript:/i)
    }),
    { numRuns: 500 }
  )
})

test('however it is cut, the result is the same', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 25 }), fc.integer({ min: 1, max: 9 }), (parts, characters) => {
      expect(read(parts.join(''), characters)).toEqual(read(parts.join(''), 1_000_000))
    }),
    { numRuns: 300 }
  )
})

const pieces = fc.constantFrom(
  '<p>',
  '</p>',
  '<b>',
  '</i>',
  '<ul>',
  '<ol start=3>',
  '<li>',
  '</ul>',
  '<li value=5 aria-level=4>',
  '<figure>',
  '</figure>',
  '<figcaption>',
  '<a href="javascript:x">',
  '<a href="https://e.org/">',
  '</a>',
  '<script>',
  '</script>',
  'word ',
  '&amp;',
  '\r\n',
  'نص',
  '<img src=x alt=y>',
  '<blockquote>',
  '<br>',
  '<',
  '&amp',
  '<span class="credit">',
  '</span>',
  '<table>',
  '<tr>',
  '<td colspan=3>',
  '<th rowspan=2>',
  '</table>',
  '<pre>',
  '</pre>',
  '<h2>',
  '</h2>',
  '<p style="mso-list:l0 level9 lfo1">',
  '<span style="mso-list:Ignore">1.</span>',
  '<svg>',
  '</svg>',
  '<math>',
  '<button>',
  '<p hidden>',
  '<q>',
  '</q>',
  '<div style="white-space:pre">',
  '</div>',
  '\u2029',
  '\u000b',
  '<td>'
)
