const MAX_NODES = 500

/**
 * Parses the JSON that a page carries for machines, tolerating what pages get wrong: line breaks in strings, extra
 * commas, a leading comment, several objects in a row, double escaping. If it still does not parse (a quotation mark in
 * a headline ends its string), only the few values that can be recognised are read. Null if there is none.
 */
export function readJsonData(text: string): unknown {
  const tidied = text
    .trim()
    .replace(/[\u0000-\u001f]+/g, ' ')
    .replace(/^\/\*[^*]{0,500}\*\//, '')
    // What hides a script from old browsers, in any order.
    .replace(/^(?:\s|<!--|\/\/|<!\[CDATA\[){1,20}/, '')
    .replace(/(?:\s|-->|\/\/|\]\]>|\/\*|\*\/){1,20}$/, '')
    .replace(/;$/, '')
  const whole = /^[{[\s]{1,10}&quot;/.test(tidied) ? withoutEntities(tidied) : tidied
  const lenient = whole.replace(/,\s*(?=[}\]])/g, '')
  for (const candidate of [whole, lenient, `[${lenient.replace(/\}\s*\{/g, '},{')}]`]) {
    try {
      return JSON.parse(candidate)
    } catch {
      continue
    }
  }
  return broken(whole)
}

/** Every entry with a type, outermost first; publishers and enclosing works are not searched. */
export function collectEntries(value: unknown, into: Record<string, unknown>[], depth = 0): void {
  if (depth > 6 || into.length >= MAX_NODES) return
  if (Array.isArray(value)) for (const one of value.slice(0, 200)) collectEntries(one, into, depth + 1)
  if (!isRecord(value)) return
  if (value['@type'] !== undefined) into.push(value)
  for (const key of ['@graph', 'mainEntity', 'mainEntityOfPage', 'hasPart']) collectEntries(value[key], into, depth + 1)
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function broken(text: string): unknown {
  const type = /"@type"\s{0,5}:\s{0,5}"((?:[A-Za-z]{0,20}Article|BlogPosting|Report))"/.exec(text)?.[1]
  if (type === undefined) return null
  const value = (name: string) => new RegExp(`"${name}"\\s{0,5}:\\s{0,5}"([^"\\\\]{1,200})"`).exec(text)?.[1]
  const author = /"author"\s{0,5}:(?:[^}]{0,300}?"name"\s{0,5}:)?\s{0,5}"([^"\\]{2,100})"/.exec(text)?.[1]
  return {
    '@type': type,
    datePublished: value('datePublished'),
    dateModified: value('dateModified'),
    author
  }
}

const NAMED: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: ' ',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  amp: '&'
}

/** Strings in JSON have no entities, but many pages write them anyway. */
export function withoutEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,6}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole
      return code >= 32 && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole
    }
  )
}
