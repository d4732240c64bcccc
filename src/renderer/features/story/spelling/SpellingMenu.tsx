import { useEffect, useState, type RefObject } from 'react'
import { plainWord } from '../../../../shared/spelling/words.ts'
import { speller } from '../../../spelling/window-speller.ts'
import { useStrings } from '../../../strings/strings.ts'
import { MenuAt, type MenuEntry } from '../../../ui/Menu.tsx'
import type { PlacedFinding } from './spelling-session.ts'

export interface SpellingMenuProps {
  readonly finding: PlacedFinding
  /** The user is going through the story and can continue to the next finding. */
  readonly isWalk: boolean
  readonly anchor: RefObject<Element | null>
  /** A suggestion in the form the story would use. */
  asInStory(offered: string): string
  onReplace(instead: string): void
  onIgnore(where: 'here' | 'story' | 'everywhere'): void
  onNext(): void
  /** Shows earlier versions of its paragraph; missing for text outside a paragraph. */
  onParagraph?(): void
  onClose(): void
}

/** The actions offered for a marked word or passage. */
export function SpellingMenu({ finding, isWalk, anchor, ...events }: SpellingMenuProps) {
  const { spelling: words, history } = useStrings()
  const [found, setFound] = useState(finding.suggestions)
  useEffect(() => {
    if (finding.suggestions) return
    let isCurrent = true
    void speller.suggest(finding.language, finding.words).then((suggestions) => {
      if (isCurrent) setFound(suggestions)
    })
    return () => {
      isCurrent = false
    }
  }, [finding])

  const isSpelling = finding.kind === 'spelling'
  const title = isSpelling ? words.menuFor(finding.words) : words.grammarMenu
  const suggestions: MenuEntry[] = [...new Set((found ?? []).map(events.asInStory))].map((instead, at) => ({
    id: `suggestion-${at}`,
    label: instead === '' ? words.remove : instead,
    ...(instead !== '' && { lang: finding.language }),
    run: () => events.onReplace(instead)
  }))
  const nothing: MenuEntry = {
    id: 'none',
    label: found === null ? words.looking : words.noSuggestion,
    isDisabled: true,
    run: () => undefined
  }
  const groups = [
    {
      ...(finding.message !== '' && { title: finding.message }),
      entries: suggestions.length > 0 ? suggestions : [nothing]
    },
    {
      entries: [
        { id: 'here', label: words.ignoreOnce, run: () => events.onIgnore('here') },
        ...(isSpelling
          ? [
              { id: 'story', label: words.ignoreInStory, run: () => events.onIgnore('story') },
              {
                id: 'everywhere',
                label: words.accept(plainWord(finding.words)),
                run: () => events.onIgnore('everywhere')
              }
            ]
          : [])
      ]
    },
    ...(events.onParagraph
      ? [{ entries: [{ id: 'paragraph', label: history.paragraph, keys: 'Mod+Alt+P', run: events.onParagraph }] }]
      : []),
    ...(isWalk ? [{ entries: [{ id: 'next', label: words.next, keys: 'F7', run: events.onNext }] }] : [])
  ]
  return <MenuAt label={title} groups={groups} anchor={anchor} onClose={events.onClose} />
}
