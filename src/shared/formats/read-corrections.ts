import { z } from 'zod'
import { MOST_CHARACTERS } from '../document/text.ts'
import { MOST, type StoryFields } from '../story/fields.ts'
import { pageWords } from './page-words.ts'

type Correction = StoryFields['corrections'][number]

const KINDS = ['correction', 'clarification', 'update'] as const
const At = z.iso.datetime({ precision: 3 })

/**
 * Corrections as a ninjs item of ours says them: "Correction (2024-08-14T05:00:00.000Z): …", and "…Z, top): …" for those
 * that are above the text.
 */
export function correctionsText(corrections: readonly Correction[], language: string): string {
  const words = pageWords(language).correction
  return corrections
    .map(({ kind, at, text, place }) => `${words[kind]} (${at}${place ? `, ${place}` : ''}): ${text}`)
    .join('\n')
}

/** Reads what `correctionsText` wrote, in the words of the same language. Nothing for text of another make. */
export function readCorrections(text: string, language: string): Correction[] {
  const words = pageWords(language).correction
  const read: Correction[] = []
  for (const line of text.split('\n')) {
    const [, label, at = '', place, said = ''] =
      /^(.{1,60}?) \((\d{4}-[0-9T:.-]{10,30}Z)(, top)?\): (.*)$/s.exec(line) ?? []
    const kind = KINDS.find((one) => words[one] === label)
    const last = read.at(-1)
    if (kind && At.safeParse(at).success) read.push({ kind, at, text: said, ...(place && { place: 'top' }) })
    else if (last) last.text += `\n${line}`
    else return []
  }
  return read.filter((one) => one.text.length <= MOST_CHARACTERS).slice(0, MOST)
}
