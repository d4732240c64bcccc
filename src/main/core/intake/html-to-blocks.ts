import { Parser } from 'htmlparser2'
import type { ListBlock } from '../../../shared/document/blocks/list/list.ts'
import { newBlockId, type Block } from '../../../shared/document/document.ts'
import { emptyImageUse, type ImageUse } from '../../../shared/document/image-use.ts'
import { isSafeHref, type Mark, type Run } from '../../../shared/document/runs.ts'

export interface ReadHtml {
  readonly blocks: Block[]
  /** The image blocks with the address each picture had in the page. */
  readonly pictures: readonly { readonly blockId: string; readonly src: string }[]
}

/**
 * An HTML body as blocks: paragraphs, headings, lists, quotes, figures, bold and the other marks, safe links. Scripts
 * and styles go; every word a reader would see stays. One pass over the text, whatever its nesting.
 */
export function htmlToBlocks(html: string): ReadHtml {
  const reader = new BodyReader()
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes),
      ontext: (text) => reader.text(text),
      onclosetag: (name) => reader.close(name)
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: false }
  )
  parser.write(html)
  parser.end()
  return reader.end()
}

const MARKS: Readonly<Record<string, Mark>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  cite: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  sub: 'subscript',
  sup: 'superscript'
}
const UNSEEN = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'math',
  'select',
  'textarea',
  'button'
])
const BREAKS = new Set([
  'p',
  'div',
  'section',
  'article',
  'main',
  'header',
  'footer',
  'aside',
  'nav',
  'address',
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'blockquote',
  'figure',
  'figcaption',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'pre',
  'table',
  'tr',
  'hr',
  'body',
  'html',
  'details',
  'summary',
  'form',
  'fieldset',
  'caption'
])
const HEADING: Readonly<Record<string, 2 | 3 | 4>> = { h1: 2, h2: 2, h3: 3, h4: 4, h5: 4, h6: 4 }

interface Figure {
  image: ImageUse
  src: string
  readonly captions: string[]
  readonly credits: string[]
}

class BodyReader {
  readonly #blocks: Block[] = []
  readonly #pictures: { blockId: string; src: string }[] = []
  readonly #counts = new Map<string, number>()
  readonly #links: (string | undefined)[] = []
  /** What each open span says its text is, in figures: caption, credit or nothing. */
  readonly #spans: string[] = []
  readonly #lists: { ordered: boolean }[] = []
  #list: ListBlock | null = null
  #figure: Figure | null = null
  #heading: 2 | 3 | 4 | null = null
  #unseen = 0
  #runs: Run[] = []

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (UNSEEN.has(name)) this.#unseen += 1
    if (this.#unseen > 0) return
    if (name === 'br') this.#push('\n')
    else if (name === 'td' || name === 'th') this.#push(this.#runs.length > 0 ? ' | ' : '')
    else if (name === 'img') this.#image(attributes)
    if (BREAKS.has(name)) this.#flush()
    this.#count(name, 1)
    if (name === 'a')
      this.#links.push(attributes['href'] && isSafeHref(attributes['href']) ? attributes['href'] : undefined)
    if (name === 'span') this.#spans.push(attributes['class'] ?? '')
    if (name in HEADING) this.#heading = HEADING[name] ?? null
    if (name === 'ul' || name === 'ol') {
      this.#lists.push({ ordered: name === 'ol' })
      if (this.#lists.length === 1) this.#list = null
    }
    if (name === 'figure') this.#figure = { image: emptyImageUse(), src: '', captions: [], credits: [] }
    if (name === 'p' && this.#figure && attributes['class'] === 'placeholder') {
      this.#figure.image = { ...this.#figure.image, alt: attributes['aria-label'] ?? '' }
      this.#spans.push('placeholder')
      this.#count('placeholder', 1)
    }
  }

  text(text: string): void {
    if (this.#unseen > 0) return
    this.#push(this.#open('pre') ? text.replace(/\r\n?/g, '\n') : text.replace(/[ \t\r\n\f]+/g, ' '))
  }

  close(name: string): void {
    if (UNSEEN.has(name)) this.#unseen = Math.max(0, this.#unseen - 1)
    if (this.#unseen > 0) return
    if (BREAKS.has(name)) this.#flush()
    this.#count(name, -1)
    if (name === 'a') this.#links.pop()
    if (name === 'span') this.#spans.pop()
    if (name === 'p' && this.#open('placeholder')) {
      this.#spans.pop()
      this.#count('placeholder', -1)
    }
    if (name in HEADING) this.#heading = null
    if (name === 'ul' || name === 'ol') {
      this.#lists.pop()
      if (this.#lists.length === 0) this.#list = null
    }
    if (name === 'figure') this.#endFigure()
  }

  end(): ReadHtml {
    this.#flush()
    this.#endFigure()
    return { blocks: this.#blocks, pictures: this.#pictures }
  }

  #push(text: string): void {
    if (text === '' || (this.#figure && this.#spans.includes('placeholder'))) return
    const figure = this.#figure
    if (figure && this.#spans.some((span) => /\bcredit\b/.test(span))) {
      figure.credits.push(text)
      return
    }
    const marks = [
      ...new Set(
        Object.entries(MARKS)
          .filter(([tag]) => this.#open(tag))
          .map(([, mark]) => mark)
      )
    ]
    const href = this.#links.findLast((link) => link !== undefined)
    this.#runs.push({ text, ...(marks.length > 0 && { marks }), ...(href !== undefined && { link: { href } }) })
  }

  /** Ends the block that is being read and puts it where it belongs. */
  #flush(): void {
    const runs = tidy(this.#runs)
    this.#runs = []
    if (runs.length === 0) return
    if (this.#figure) {
      this.#figure.captions.push(runs.map((run) => run.text).join(''))
      return
    }
    const list = this.#lists.at(-1)
    if (list) {
      const item = { runs, depth: Math.min(8, this.#lists.length - 1) }
      if (this.#list) this.#list.items.push(item)
      else {
        this.#list = { id: newBlockId(), type: 'list', ordered: list.ordered, items: [item] }
        this.#blocks.push(this.#list)
      }
    } else if (this.#heading !== null)
      this.#blocks.push({ id: newBlockId(), type: 'heading', level: this.#heading, runs })
    else this.#blocks.push({ id: newBlockId(), type: this.#open('blockquote') ? 'quote' : 'paragraph', runs })
  }

  #image(attributes: Readonly<Record<string, string>>): void {
    const src = attributes['src'] ?? ''
    // One-pixel pictures count readers; they are not part of the story.
    if (attributes['width'] === '1' || attributes['height'] === '1') return
    const alt = attributes['alt'] ?? ''
    if (this.#figure && this.#figure.src === '') {
      this.#figure.src = src
      this.#figure.image = { ...this.#figure.image, alt }
      return
    }
    if (!this.#figure) this.#flush()
    this.#putImage({ ...emptyImageUse(), alt }, src)
  }

  #endFigure(): void {
    const figure = this.#figure
    this.#figure = null
    if (!figure) return
    const caption = figure.captions
      .join('\n')
      .replace(/\s*[—–-]\s*$/, '')
      .trim()
    const credit = figure.credits.join('').replace(/\s+/g, ' ').trim()
    if (figure.src !== '' || caption !== '' || credit !== '' || figure.image.alt !== '')
      this.#putImage({ ...figure.image, caption, credit }, figure.src)
  }

  #putImage(image: ImageUse, src: string): void {
    const blockId = newBlockId()
    this.#blocks.push({ id: blockId, type: 'image', image })
    this.#list = null
    if (src !== '') this.#pictures.push({ blockId, src })
  }

  #open(name: string): boolean {
    return (this.#counts.get(name) ?? 0) > 0
  }

  #count(name: string, by: 1 | -1): void {
    this.#counts.set(name, Math.max(0, (this.#counts.get(name) ?? 0) + by))
  }
}

/** One space between words, none at the edges of lines; neighbours of one formatting become one run. */
function tidy(runs: readonly Run[]): Run[] {
  const result: Run[] = []
  let end = '\n'
  for (const run of runs) {
    let text = run.text.replace(/ *\n */g, '\n')
    if (end === ' ' || end === '\n') text = text.replace(/^ +/, '')
    if (text === '') continue
    if (text.startsWith('\n') && end === ' ') trimEnd(result)
    end = text.at(-1) ?? end
    const last = result.at(-1)
    if (last && JSON.stringify([last.marks, last.link]) === JSON.stringify([run.marks, run.link])) last.text += text
    else result.push({ ...run, text })
  }
  while (/[ \n]$/.test(result.at(-1)?.text ?? '')) trimEnd(result)
  if (result[0]) result[0].text = result[0].text.replace(/^[ \n]+/, '')
  return result.filter((run) => run.text !== '')
}

function trimEnd(runs: Run[]): void {
  const last = runs.at(-1)
  if (!last) return
  last.text = last.text.replace(/[ \n]+$/, '')
  if (last.text === '') runs.pop()
}
