import { partsOfBlock } from '../../../shared/document/document.ts'
import { resolveDirection } from '../../../shared/document/language.ts'
import { pictureText } from '../../../shared/document/blocks/image/image.ts'
import type { OpenStory } from '../../api/open-story.ts'
import type { Strings } from '../../strings/strings.ts'
import { moment } from '../../ui/format.ts'
import './print-proof.css'

/**
 * Prints the story for proofreading on paper: A4, numbered lines, with what it is and any embargo at the top of every
 * page. The page is built only for printing and removed afterwards.
 */
export function printProof(story: OpenStory, words: Strings, zone: string): void {
  document.querySelector('.proof')?.remove()
  const { headline, standfirst, kicker, byline, leadImage, language, direction, times } = story.fields.get()
  const page = make('table', 'proof')
  page.lang = language
  page.dir = resolveDirection(direction, language)
  // A table's head repeats on every page.
  const head = page.createTHead().insertRow().insertCell()
  const { embargo } = times
  if (embargo) head.append(make('p', 'proof-embargo', words.proof.embargo(moment(embargo.utc, embargo.zone))))
  const printed = words.proof.printed(moment(new Date().toISOString(), zone))
  head.append(make('p', 'proof-about', [words.proof.proof, headline, printed].filter(Boolean).join(' · ')))
  const body = page.createTBody().insertRow().insertCell()
  const put = (name: string, text: string): void => {
    if (text.trim() !== '') body.append(make('p', `proof-line ${name}`, text))
  }
  put('proof-kicker', kicker)
  put('proof-headline', headline)
  put('proof-standfirst', standfirst)
  put('proof-byline', byline)
  if (leadImage) put('proof-picture', pictureText(leadImage))
  for (const block of story.body().blocks) put(`proof-${block.type}`, partsOfBlock(block).toPlainText(block))
  document.body.append(page)
  numberLines(page)
  addEventListener('afterprint', () => page.remove(), { once: true })
  window.print()
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, text = ''): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text
  return element
}

/** Numbers each line as laid out: a new line begins where the text's boxes start a new row. */
function numberLines(page: HTMLElement): void {
  const all = [...page.querySelectorAll<HTMLElement>('.proof-line')]
  const lines = all.map((paragraph) => {
    const range = document.createRange()
    range.selectNodeContents(paragraph)
    const top = paragraph.getBoundingClientRect().top
    const tops: number[] = []
    for (const box of range.getClientRects()) {
      const last = tops.at(-1)
      if (last === undefined || box.top - top > last + box.height / 2) tops.push(box.top - top)
    }
    return tops
  })
  let count = 0
  for (const [at, paragraph] of all.entries()) {
    for (const top of lines[at] ?? []) {
      const number = make('span', 'proof-number', String(++count))
      number.style.insetBlockStart = `${top}px`
      paragraph.append(number)
    }
  }
}
