/** What the signs at the start of a line make it, once a space is typed behind them. */
export type LineSign = 'heading2' | 'heading3' | 'heading4' | 'bulleted' | 'numbered' | 'quote'

const signs: Readonly<Record<string, LineSign>> = {
  '##': 'heading2',
  '###': 'heading3',
  '####': 'heading4',
  '-': 'bulleted',
  '*': 'bulleted',
  '1.': 'numbered',
  '>': 'quote'
}

/** `before`: the line up to the caret, a space the last of it. */
export function lineSign(before: string): LineSign | null {
  const sign = before.endsWith(' ') ? before.slice(0, -1) : ''
  return Object.hasOwn(signs, sign) ? (signs[sign] ?? null) : null
}

export interface MarkedText {
  readonly mark: 'bold' | 'italic'
  /** How many characters before the caret it begins, signs included. */
  readonly length: number
  readonly text: string
}

/** Text between signs, as the last of them was typed: `**bold**`, `*italic*`. Signs of sums (2*3*4) are none. */
export function markedText(before: string): MarkedText | null {
  // A line that is longer than this says nothing about the words at its end.
  const end = before.slice(-1000)
  const bold = /(?:^|[^*\p{L}\p{N}\\])(\*\*([^\s*](?:[^*]*[^\s*])?)\*\*)$/u.exec(end)
  if (bold?.[1] && bold[2]) return { mark: 'bold', length: bold[1].length, text: bold[2] }
  const italic = /(?:^|[^*\p{L}\p{N}\\])(\*([^\s*](?:[^*]*[^\s*])?)\*)$/u.exec(end)
  return italic?.[1] && italic[2] ? { mark: 'italic', length: italic[1].length, text: italic[2] } : null
}
