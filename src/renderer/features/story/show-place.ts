import type { Place } from '../../../shared/story/place.ts'
import { runCommand } from '../../api/commands.ts'
import { createStore } from '../../api/store.ts'
import { selectInField } from '../../editor/body-texts.ts'
import type { BodyEditorHandle } from '../../editor/body-editor.ts'

export type TabId = 'story' | 'times' | 'checks' | 'history' | 'publish'
/** The inspector's selected tab; it stays the same in the next story. */
export const inspectorTab = createStore<TabId>('story')

/** The element that shows a field on the page; null if the page does not show it. */
export function onPage(field: string): HTMLElement | null {
  const names =
    field === 'leadImage'
      ? ['.lead .plain-text[data-empty]', '.lead .plain-text', '.lead .lead-add']
      : [`.page-${CSS.escape(field)}`, `.page [data-part="${CSS.escape(field)}"]`]
  return names.map((name) => document.querySelector<HTMLElement>(name)).find(Boolean) ?? null
}

/** Brings a place in the story into view, wherever on the desk it is, and selects its words. */
export function showPlace(place: Place, editor: Pick<BodyEditorHandle, 'revealBlock'> | null): void {
  if ('blockId' in place) {
    editor?.revealBlock(place.blockId, place)
    return
  }
  const there = onPage(place.field)
  if (there) {
    there.scrollIntoView({ block: 'center' })
    if (there.matches('.plain-text')) selectInField(there, place.start, place.end)
    else there.focus()
    return
  }
  inspectorTab.set('story')
  if (!document.querySelector('.inspector')) runCommand('view.inspector')
  let tries = 30
  const look = (): void => {
    const field = document.querySelector<HTMLElement>(`.inspector [data-field="${CSS.escape(place.field)}"]`)
    const control = field?.querySelector<HTMLElement>('textarea, input') ?? field?.querySelector<HTMLElement>('button')
    if (!control) {
      if (tries-- > 0) requestAnimationFrame(look)
      return
    }
    control.scrollIntoView({ block: 'center' })
    control.focus()
    if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)
      control.setSelectionRange(place.start, place.end)
  }
  look()
}
