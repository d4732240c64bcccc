import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron'
import type { Language } from '../../../shared/words/language.ts'
import { parseMediaAddress } from '../page-headers.ts'
import { isOurs, isWebAddress } from './page-address.ts'

/** What the context menu can do. */
export interface ContextDeeds {
  correct(word: string): void
  learn(word: string): void
  copyLink(address: string): void
  savePicture(id: string): void
  /** Shows earlier versions of the paragraph with the caret. */
  paragraphHistory(): void
}

/** What is under the pointer, as far as the menu depends on it. */
export type UnderPointer = Pick<
  ContextMenuParams,
  | 'isEditable'
  | 'formControlType'
  | 'selectionText'
  | 'misspelledWord'
  | 'dictionarySuggestions'
  | 'linkURL'
  | 'mediaType'
  | 'srcURL'
> & { readonly editFlags: Pick<ContextMenuParams['editFlags'], 'canCut' | 'canCopy' | 'canPaste' | 'canSelectAll'> }

/** The menu entries for what is under the pointer; empty if there is nothing to do. */
export function contextTemplate(
  under: UnderPointer,
  words: Language['menu'],
  deeds: ContextDeeds
): MenuItemConstructorOptions[] {
  const { editFlags } = under
  const groups: MenuItemConstructorOptions[][] = []
  if (under.isEditable && under.misspelledWord) {
    groups.push([
      ...(under.dictionarySuggestions.length === 0
        ? [{ id: 'no-suggestion', label: words.noSuggestion, enabled: false }]
        : under.dictionarySuggestions.map((word, at) => ({
            id: `suggestion-${at}`,
            label: word,
            click: () => deeds.correct(word)
          }))),
      { id: 'learn', label: words.learnWord, click: () => deeds.learn(under.misspelledWord) }
    ])
  }
  if (isWebAddress(under.linkURL))
    groups.push([{ id: 'copy-link', label: words.copyLink, click: () => deeds.copyLink(under.linkURL) }])
  const picture = under.mediaType === 'image' ? ownPicture(under.srcURL) : null
  if (picture) groups.push([{ id: 'save-picture', label: words.savePicture, click: () => deeds.savePicture(picture) }])
  if (under.isEditable)
    groups.push([
      { role: 'cut', enabled: editFlags.canCut },
      { role: 'copy', enabled: editFlags.canCopy },
      { role: 'paste', enabled: editFlags.canPaste },
      { role: 'pasteAndMatchStyle', enabled: editFlags.canPaste },
      { type: 'separator' },
      { role: 'selectAll', enabled: editFlags.canSelectAll }
    ])
  // A form field has no paragraphs.
  if (under.isEditable && under.formControlType === 'none')
    groups.push([{ id: 'paragraph-history', label: words.paragraphHistory, click: () => deeds.paragraphHistory() }])
  else if (!under.isEditable && under.selectionText.trim() !== '')
    groups.push([{ role: 'copy', enabled: editFlags.canCopy }])
  return groups.flatMap((group, at) => (at === 0 ? group : [{ type: 'separator' as const }, ...group]))
}

/** The id of a picture in the library; null for any other picture. */
function ownPicture(address: string): string | null {
  return isOurs(address) ? (parseMediaAddress(new URL(address))?.id ?? null) : null
}
