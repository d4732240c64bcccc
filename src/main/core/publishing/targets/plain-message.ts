/** The longest message of a CMS that is shown, in UTF-16 units. */
const LONGEST = 500

/**
 * The reason a CMS gave, as one line of plain text: `detail`, `context`, `message`, `title` or `error` of a JSON reply
 * (RFC 9457; `context` is Ghost's, whose `message` only says that it refuses), or a short text/plain reply. Web pages,
 * control characters and characters that change the text's direction are left out. Empty if it gave none.
 */
export function plainMessage(contentType: string, bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, 64 * 1024))
  if (/^text\/plain\b/i.test(contentType)) return tidy(text)
  if (!/[/+]json\b/i.test(contentType)) return ''
  try {
    return tidy(find(JSON.parse(text)))
  } catch {
    return ''
  }
}

function find(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || depth > 2) return ''
  for (const key of ['detail', 'context', 'message', 'title', 'error', 'errors', '0']) {
    const found = key in value ? find((value as Record<string, unknown>)[key], depth + 1) : ''
    if (found !== '') return found
  }
  return ''
}

function tidy(text: string): string {
  const plain = text
    .slice(0, LONGEST * 10)
    .toWellFormed()
    .replace(/<\/?[a-z!][^<>]{0,2000}>/gi, ' ')
    .replace(/\p{White_Space}/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim()
  return plain.length <= LONGEST ? plain : `${plain.slice(0, LONGEST - 1).toWellFormed()}…`
}
