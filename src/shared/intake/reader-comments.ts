import { readDate } from './dates.ts'
import { fold } from './plain.ts'
import type { Unit } from './units.ts'

/** Invitations to comment; only readers' comments follow. */
const INVITED =
  /^(?:leave a (?:comment|reply)|(?:add|post|write) a comment|(?:view|show|read|see) (?:all )?(?:\(?\d{1,5}\)? )?comments?)$/iu
const WORD =
  '(?:reader comments|comments?|commentaires?|kommentare?|kommentarer|comentarios|comentários|commenti|reacties|reakcje|komentarze|komentáře|yorumlar|kommentit|комментарии|коментарі|σχόλια|コメント|评论|評論|댓글|תגובות|التعليقات|تعليقات القراء)'
/** "12 Reacties", "评论（8）" */
const COUNTED = new RegExp(`^(?:\\(?\\d{1,5}\\)? ?${WORD}|${WORD} ?[(（[]\\d{1,5}[)）\\]]):?$`, 'iu')
/** "One reply to “Lamp is lit again”" */
const ON_TITLE =
  /^(?:\d{1,5}|one|two|three) (?:responses?|thoughts?|replies|reply|comments?) (?:to|on) ["“”«„'‘’](.{1,100}?)["“”»'‘’]{0,2}$/iu
/** Words that may also head a part of a story: "Reacties" are reactions of all kinds. */
const BARE = new RegExp(`^(?:${WORD}:?|join the (?:conversation|discussion)|what do you think\\?)$`, 'iu')

/**
 * True for a heading below which everything is from readers. If it could also head a part of the story, it needs
 * evidence: its name in the markup, or what follows.
 */
export function opensComments(units: readonly Unit[], n: number): boolean {
  const text = units[n]?.text.trim() ?? ''
  if (INVITED.test(text) || COUNTED.test(text)) return true
  const title = ON_TITLE.exec(text)?.[1]
  if (title !== undefined && isHeadline(units, title)) return true
  return (title !== undefined || BARE.test(text)) && (isCalledSo(units[n]) || hasShape(units, n + 1))
}

/** "Comments" by itself, with copy below it. */
export function isBareHeading({ text }: Unit): boolean {
  return BARE.test(text.trim())
}

function isHeadline(units: readonly Unit[], title: string): boolean {
  const headline = units.find(({ verdict }) => verdict?.role === 'headline')?.folded ?? ''
  const named = fold(title)
  return headline !== '' && (headline.includes(named) || named.includes(headline))
}

function isCalledSo(unit: Unit | undefined): boolean {
  return unit?.hasHint('comments', 'comment', 'commentlist', 'respond', 'disqus', 'reacties', 'kommentare') === true
}

/** How far below the heading the first comment can be recognised: a name, the date, the words, "Reply". */
const NEAR = 4

function hasShape(units: readonly Unit[], first: number): boolean {
  return units
    .slice(first, first + NEAR)
    .some(
      (unit, n) =>
        isCalledSo(unit) || REPLY.test(unit.text.trim()) || isSigned(unit) || isNameAbove(unit, units[first + n + 1])
    )
}

const REPLY =
  /^(?:(?:log in to )?reply|reply to .{1,60}|.{1,60}\ssays:?|antworten|répondre|responder|rispondi|reageer|reageren|beantwoord(?:en)?|svara?|odpowiedz|odpovědět|yanıtla|cevapla|ответить|відповісти|απάντηση|vastaa|返信(?:する)?|回复|回覆|답글(?: 달기)?|השב|رد)$/iu
const AGO =
  /(?:\d{1,3}\s\p{L}{1,12}\s(?:ago|geleden|fa|atrás|önce|temu|назад|тому|sedan|siden|sitten)|(?:vor|il y a|hace|há|πριν)\s(?:\d{1,3}|eine[mr]?|une?|una|uma?)\s\p{L}{1,12}|\d{1,3}\s?(?:分|時間|小时|小時|日|天|분|시간|일)\s?(?:前|전)|منذ\s.{1,20})$/iu

/** "Anna Jansen · 12 March 2026, 10:12" */
function isSigned({ text, words, endsSentence }: Unit): boolean {
  if (words > 14 || endsSentence || !/^\p{L}/u.test(text.trim())) return false
  return AGO.test(text.trim()) || readDate(text)?.hasTime === true
}

function isNameAbove(unit: Unit, below: Unit | undefined): boolean {
  if (unit.words > 5 || unit.endsSentence || !below || below.words > 9) return false
  return AGO.test(below.text.trim()) || readDate(below.text)?.alone === true
}
