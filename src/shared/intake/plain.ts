/**
 * A line in the form that rules compare: lower case, one space between words, straight quotes, Latin digits, no leading
 * bullet, no final full stop, no colons, bars or arrows (`keepColons`: one kind of colon for all colons and bars),
 * Arabic without vowel signs, stretching and the hamza on alef.
 */
export function plain(text: string, { keepColons = false } = {}): string {
  const folded = fold(text)
  if (/^[a-z0-9][a-z0-9 ,'"()-]*$/.test(folded)) return folded
  return folded
    .replace(keepColons ? /(?:(?<!\s)\s+)?[:：|]\s*/gu : /[\s:：|>›»→…]+/gu, keepColons ? ': ' : ' ')
    .replace(/^[ •·◦▪■●‣⁃*\-–—]+/u, '')
    .replace(/(?<![ .])[ .]+$/u, '')
}

/**
 * Removes characters that only allow or forbid breaking a word: soft hyphens, zero-width spaces and joiners. They are
 * kept in scripts that need them for their letters or have no spaces.
 */
export function withoutInvisible(text: string): string {
  if (!/[\u00ad\u200b-\u200d\u2060\ufeff]/.test(text)) return text
  return text
    .replace(/[\u00ad\u2060\ufeff]/g, '')
    .replace(/(?<![\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])\u200b/gu, '')
    .replace(/(?<=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}])[\u200c\u200d]/gu, '')
}

/** The same for comparing whole lines: only spaces are removed from the ends. */
export function fold(text: string): string {
  // Most lines are plain Latin letters with single spaces: nothing to fold but their case.
  if (/^[!-~]+(?: [!-~]+)*$/.test(text)) return text.toLowerCase()
  return toLatinDigits(text)
    .normalize('NFC')
    .toLowerCase()
    .replace(/[‘’ʼ]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[\u00ad\u2060\u064b-\u0652\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[أإآ]/g, 'ا')
    .replace(/[\s\u0000-\u001f]+/gu, ' ')
    .trim()
}

/** Arabic-Indic and Persian digits as 0–9; every other character stays where it was. */
export function toLatinDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
}

/** The number of words separated by spaces. */
export function countSpaced(text: string): number {
  return text.match(/\S+/g)?.length ?? 0
}

/** Ends as a sentence does, closing quotes and brackets aside. */
export function endsSentence(text: string): boolean {
  return /[.!?؟。！？…۔][\s"'”’»)\]]*$/u.test(text.slice(-12))
}
