/**
 * A slug for a web address: letters and digits of any script, lower case, joined by hyphens, at most `max` UTF-16
 * units, and cut inside a word only if the first word alone is longer. Latin letters lose their accents; other scripts
 * stay as they are (browsers and CMSs percent-encode them). Empty text gives an empty slug.
 */
export function slugify(text: string, max = 80): string {
  const words =
    text
      .normalize('NFKD')
      .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
      .normalize('NFC')
      .replace(/['’‘ʼ]/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  let slug = ''
  for (const word of words) {
    const longer = slug === '' ? word : `${slug}-${word}`
    if (longer.length > max) return slug === '' ? [...word].slice(0, max / 2).join('') : slug
    slug = longer
  }
  return slug
}
