/**
 * An address, or a part of one, as a person reads it: letters that were written as percent signs and figures are letters
 * again. What would show nothing, or turn the line around, stays as it was.
 */
export function readableAddress(text: string): string {
  try {
    const readable = decodeURI(text)
    return /[\p{C}\s]/u.test(readable) ? text : readable
  } catch {
    return text
  }
}
