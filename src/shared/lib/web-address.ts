/** Whether a text is the address of a page that can be stored: `http` or `https`, with a host, of 2,000 characters at most. */
export function isWebAddress(text: string): boolean {
  return text.length <= 2000 && /^https?:\/\/[^\s/?#]+/i.test(text) && URL.canParse(text)
}
