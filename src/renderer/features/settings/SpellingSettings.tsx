import { useRef, useState } from 'react'
import { X } from 'lucide-react'
import { SpelledWord } from '../../../shared/contract/spelling.ts'
import { plainWord } from '../../../shared/spelling/words.ts'
import { wordsOfFile } from '../../../shared/spelling/word-list.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { chooseFiles } from '../../api/pictures.ts'
import { saveFile } from '../../api/save-file.ts'
import { useCall } from '../../api/use-call.ts'
import { useEvent } from '../../api/use-event.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { toast } from '../../ui/Toast.tsx'

/** Longer lists are searched with the field instead of shown. */
const MOST_SHOWN = 200
/** Words imported per call. */
const PORTION = 10_000

/** The user's own words, exported and imported as a text file with one word per line, and where own dictionaries go. */
export function SpellingSettings() {
  const all = useStrings()
  const words = all.spelling
  const api = useApi()
  const { data, reload } = useCall((call, signal) => call.spelling.words({}, signal), [])
  const { data: place } = useCall((call, signal) => call.spelling.folder({}, signal), [])
  useEvent('spellingChanged', reload)
  const [news, setNews] = useState('')
  const field = useRef<HTMLDivElement>(null)
  const [filter, setFilter] = useState('')
  const own = data?.own ?? []
  const fitting = filterWords(own, filter)
  const word = plainWord(news.trim())
  const isWord = SpelledWord.safeParse(word).success

  const add = (): void => {
    if (!isWord) return
    api.call.spelling.accept({ word }).catch(sayFailure)
    setNews('')
    // The button is disabled now and would take the focus with it.
    field.current?.querySelector('input')?.focus()
  }
  const take = async (): Promise<void> => {
    try {
      const [file] = await chooseFiles({ accept: '.txt,.dic,text/plain', multiple: false })
      if (!file) return
      toast({ text: words.imported(await takeAll(wordsOfFile(await file.text(), file.name))) })
    } catch (thrown) {
      sayFailure(thrown)
    }
  }

  const takeAll = async (taken: readonly string[]): Promise<number> => {
    let sum = 0
    for (let at = 0; at < taken.length; at += PORTION)
      sum += (await api.call.spelling.take({ words: taken.slice(at, at + PORTION) })).added
    return sum
  }
  const forgetAll = async (): Promise<void> => {
    try {
      const { words: gone } = await api.call.spelling.forgetAll({})
      toast({
        text: words.forgotten(gone.length),
        action: { label: all.common.undo, run: () => void takeAll(gone).catch(sayFailure) }
      })
    } catch (thrown) {
      sayFailure(thrown)
    }
  }

  return (
    <div role="group" aria-label={words.ownWords} className="settings-words">
      <h3>{words.ownWords}</h3>
      <p>
        {words.ownWordsText} {words.count(own.length)}
      </p>
      {own.length > MOST_SHOWN / 10 && <TextField label={words.findWord} value={filter} onChange={setFilter} />}
      {own.length > 0 && fitting.length === 0 && <p>{words.noneFound}</p>}
      <ul className="settings-word-list">
        {fitting.slice(0, MOST_SHOWN).map((one) => (
          <li key={one}>
            <span dir="auto">{one}</span>
            <IconButton
              label={words.forget(one)}
              icon={<X />}
              onPress={() => void api.call.spelling.forget({ word: one }).catch(sayFailure)}
            />
          </li>
        ))}
        {fitting.length > MOST_SHOWN && <li>{words.more(fitting.length - MOST_SHOWN)}</li>}
      </ul>
      <div ref={field} className="settings-folder">
        <TextField
          label={words.newWord}
          value={news}
          onChange={setNews}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add()
          }}
        />
        <Button isDisabled={!isWord} onPress={add}>
          {words.add}
        </Button>
      </div>
      <div className="settings-word-actions">
        <Button
          isDisabled={own.length === 0}
          onPress={() => saveFile(words.fileName, new Blob([`${own.join('\n')}\n`], { type: 'text/plain' }))}
        >
          {words.exportWords}
        </Button>
        <Button onPress={() => void take()}>{words.importWords}</Button>
        <Button isDisabled={own.length === 0} onPress={() => void forgetAll()}>
          {words.forgetAll}
        </Button>
      </div>
      {place && <p>{words.dictionariesText(place.folder)}</p>}
    </div>
  )
}

function filterWords(words: readonly string[], filter: string): readonly string[] {
  const part = plainWord(filter.trim()).toLocaleLowerCase()
  return part === '' ? words : words.filter((word) => word.toLocaleLowerCase().includes(part))
}
