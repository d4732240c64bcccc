/**
 * The most frequent letters of each language, with the encodings its pages used before UTF-8. In the wrong encoding, a
 * text turns into letters that are rare in its language.
 */
const COMMON: readonly (readonly [encodings: readonly string[], letters: string, share: number])[] = [
  [['windows-1251', 'koi8-r', 'koi8-u', 'iso-8859-5', 'ibm866', 'x-mac-cyrillic'], 'оеаинтсрвлкмдпуя', 0.7],
  [['windows-1256', 'iso-8859-6'], 'اليمنتوربهةدعفسكقحأ', 0.7],
  [['windows-1253', 'iso-8859-7'], 'αοιετσνρκπυλμωης', 0.7],
  [['windows-1255', 'iso-8859-8', 'iso-8859-8-i'], 'יוהלאמרתבשנדםקע', 0.7],
  [['windows-874'], 'านรอกเงมยลวดทสตคบปหแะ่้ัี', 0.6],
  [['shift_jis', 'euc-jp'], 'のにはをたがでてとしれさいるなかっも、。ンスー', 0.4],
  [['euc-kr'], '이다는의에을가고하지로도은한사기를서인해', 0.35],
  [['gbk'], '的一是不了在人有我他这中大来上国为和个年到说，。', 0.2],
  [['big5'], '的一是不了在人有我他這中大來上國為和個年到說，。', 0.2]
]
/** Bytes examined; the start of a page is representative of the rest. */
const SAMPLE = 65_536
/** As a part of the share in an ordinary text of the language. */
const ENOUGH = 0.5

export interface Likely {
  readonly encoding: string
  /** 1 for an ordinary text of the language. */
  readonly score: number
}

/**
 * The encoding whose language the bytes resemble. Null if there is none, which is the case for Western European text:
 * its accented letters occur singly among ASCII letters, whereas other scripts fill whole words.
 */
export function likelyCodePage(bytes: Uint8Array): Likely | null {
  const sample = bytes.subarray(0, SAMPLE)
  if (!comesInWords(sample)) return null
  let best: Likely | null = null
  for (const encoding of COMMON.flatMap(([encodings]) => encodings)) {
    const score = likeness(sample, encoding)
    if (score > (best?.score ?? ENOUGH)) best = { encoding, score }
  }
  return best
}

/** How much the bytes resemble a text of the encoding's language; 0 for encodings not listed. */
export function likeness(bytes: Uint8Array, encoding: string): number {
  const family = COMMON.find(([encodings]) => encodings.includes(encoding === 'gb18030' ? 'gbk' : encoding))
  if (!family) return 0
  const [, letters, share] = family
  const known = new Set(letters)
  let common = 0
  let all = 0
  let broken = 0
  // The last letter of the sample may be cut off, which does not count as damage.
  for (const letter of new TextDecoder(encoding).decode(bytes.subarray(0, SAMPLE), { stream: true })) {
    if (letter < '\u0080') continue
    all += 1
    if (letter === '\ufffd') broken += 1
    else if (known.has(letter)) common += 1
  }
  return all === 0 || broken > all / 50 ? 0 : common / all / share
}

function comesInWords(bytes: Uint8Array): boolean {
  let high = 0
  let paired = 0
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue
    high += 1
    if ((bytes[at + 1] ?? 0) >= 0x80 || (bytes[at - 1] ?? 0) >= 0x80) paired += 1
  }
  return high >= 4 && paired >= high * 0.6
}
