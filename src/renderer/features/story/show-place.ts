import type { Place } from '../../../shared/checks/finding.ts'
import { runCommand } from '../../api/commands.ts'
import { createStore } from '../../api/store.ts'
import type { BodyEditorHandle } from '../../editor/create-body-editor.ts'

export type TabId = 'story' | 'times' | 'checks' | 'history' | 'publish'
/** The inspector's tab; the same in the next story. */
export const inspectorTab = createStore<TabId>('story')

/** Brings a place of the story into view with the caret on its words, wherever on the desk it is. */
export function showPlace(place: Place, editor: Pick<BodyEditorHandle, 'revealBlock'> | null): void {
  if ('blockId' in place) {
    editor?.revealBlock(place.blockId, place)
    return
  }
  const names =
    place.field === 'leadImage'
      ? ['.lead .plain-text[data-empty]', '.lead .plain-text', '.lead .lead-add']
      : [`.page-${CSS.escape(place.field)}`]
  const onPage = names.map((name) => document.querySelector<HTMLElement>(name)).find(Boolean)
  if (onPage) {
    onPage.scrollIntoView({ block: 'center' })
    onPage.focus()
    selectWords(onPage, place.start, place.end)
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

/** Words of a field that is edited on the page; its editor follows the browser's selection. */
function selectWords(element: HTMLElement, start: number, end: number): void {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  let passed = 0
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const length = text.textContent?.length ?? 0
    if (start >= passed && start <= passed + length) range.setStart(text, start - passed)
    if (end >= passed && end <= passed + length) {
      range.setEnd(text, end - passed)
      const selection = getSelection()
      selection?.removeAllRanges()
      selection?.addRange(range)
      return
    }
    passed += length
  }
}
