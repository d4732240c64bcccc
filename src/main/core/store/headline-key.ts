/**
 * What lists sort headlines by: without case, accents or a leading quotation mark, by letter; long ones by their
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
