/**
 * The key lists sort headlines by: ignores case, accents and a leading quotation mark; a long headline sorts by its
 * beginning.
 */
export function headlineKey(headline: string): string {
  return headline
    .slice(0, 200)
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/\s+/gu, ' ')
    .slice(0, 80)
}
