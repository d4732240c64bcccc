/**
 * Ctrl or Cmd with Shift and Enter is the desk's, which publishes with it; Lexical would put a line break into the
 * copy.
 */
export function isForTheDesk(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && event.shiftKey && (event.ctrlKey || event.metaKey)
}
