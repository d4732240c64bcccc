import { describe, expect, test } from 'vitest'
import { isReasonableHtml, MAX_DEPTH, MAX_HTML } from '../../src/renderer/editor/clipboard/html-scan.ts'

describe('markup that is handed to a parser', () => {
  test('may be as deep as a page gets, and no deeper', () => {
    const nest = (depth: number) => '<div class="a">'.repeat(depth) + 'x' + '</div>'.repeat(depth)
    expect(isReasonableHtml(nest(MAX_DEPTH))).toBe(true)
    expect(isReasonableHtml(nest(MAX_DEPTH + 1))).toBe(false)
    expect(isReasonableHtml('<DIV>'.repeat(MAX_DEPTH + 1))).toBe(false)
    expect(isReasonableHtml('<b/x>'.repeat(MAX_DEPTH + 1))).toBe(false)
    expect(isReasonableHtml('<x-deep\n>'.repeat(MAX_DEPTH + 1))).toBe(false)
  })

  test('what is closed again is not deep', () => {
    expect(isReasonableHtml('<b>x</b>'.repeat(MAX_DEPTH * 4))).toBe(true)
    expect(isReasonableHtml('</div>'.repeat(1000) + '<div>'.repeat(MAX_DEPTH))).toBe(true)
  })

  test('neither are elements that are never open or end by themselves, in either case', () => {
    for (const name of ['br', 'IMG', 'p', 'Li', 'td'])
      expect(isReasonableHtml(`<${name}>`.repeat(MAX_DEPTH * 4)), name).toBe(true)
    // Their names begin the names of others.
    for (const name of ['pre', 'link-x', 'brx', 'thing', 'col1'])
      expect(isReasonableHtml(`<${name}>`.repeat(MAX_DEPTH * 4)), name).toBe(false)
  })

  test('a sign for less is no tag', () => {
    expect(isReasonableHtml('1 < 2, <3, <- and << '.repeat(MAX_DEPTH * 4))).toBe(true)
    expect(isReasonableHtml('<')).toBe(true)
    expect(isReasonableHtml('<p')).toBe(true)
  })

  test('is of a size a person may have copied', () => {
    expect(isReasonableHtml('x'.repeat(MAX_HTML))).toBe(true)
    expect(isReasonableHtml('x'.repeat(MAX_HTML + 1))).toBe(false)
  })
})
