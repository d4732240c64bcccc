const RTL =
  /[\u200f\u061c\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u
/** A letter, or one of the marks that stand for a letter of either direction. */
const STRONG = /[\p{L}\u200e\u200f\u061c]/u

/** How a text reads by itself: by its first letter, as browsers tell. Undefined for a text without letters. */
export function directionOfText(text: string): 'ltr' | 'rtl' | undefined {
  const letter = STRONG.exec(text)?.[0]
  if (letter === undefined) return undefined
  return RTL.test(letter) ? 'rtl' : 'ltr'
}
