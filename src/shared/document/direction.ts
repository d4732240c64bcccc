const RTL =
  /[\u200f\u061c\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u
/** A letter, or one of the direction marks, which count as letters. */
const STRONG = /[\p{L}\u200e\u200f\u061c]/u

/** The direction of a text by its first letter, as browsers determine it. Undefined for a text without letters. */
export function directionOfText(text: string): 'ltr' | 'rtl' | undefined {
  const letter = STRONG.exec(text)?.[0]
  if (letter === undefined) return undefined
  return RTL.test(letter) ? 'rtl' : 'ltr'
}
