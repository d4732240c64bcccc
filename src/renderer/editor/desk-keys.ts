/** Ctrl or Cmd+Shift+Enter is the desk's key for publishing; Lexical would insert a line break. */
export function isForTheDesk(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && event.shiftKey && (event.ctrlKey || event.metaKey)
}
