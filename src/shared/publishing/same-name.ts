/** Whether two ways to write a name are of one person: case, accents written in two ways and blanks apart. */
export function sameName(a: string, b: string): boolean {
  const plain = (name: string): string => name.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
  return plain(a) === plain(b)
}
