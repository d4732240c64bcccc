import { useState } from 'react'
import { X } from 'lucide-react'
import { SpelledWord } from '../../../shared/contract/spelling.ts'
import { plainWord } from '../../../shared/spelling/words.ts'
import { sayFailure } from '../../api/actions.ts'
import { useApi } from '../../api/api.tsx'
import { chooseFiles } from '../../api/pictures.ts'
import { useCall } from '../../api/use-call.ts'
import { useEvent } from '../../api/use-event.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { toast } from '../../ui/Toast.tsx'

/** The person's own words, which go out and come in as a text file with a word a line; where own dictionaries belong. */
export function SpellingSettings() {
  const words = useStrings().spelling
  const api = useApi()
  const { data, reload } = useCall((call, signal) => call.spelling.words({}, signal), [])
  const { data: place } = useCall((call, signal) => call.spelling.folder({}, signal), [])
  useEvent('spellingChanged', reload)
  const [news, setNews] = useState('')
  const own = data?.own ?? []
  const word = plainWord(news.trim())
  const isWord = SpelledWord.safeParse(word).success

  const add = (): void => {
    if (!isWord) return
    api.call.spelling.accept({ word }).catch(sayFailure)
    setNews('')
  }
  const take = async (): Promise<void> => {
    try {
      const [file] = await chooseFiles({ accept: '.txt,.dic,text/plain', multiple: false })
      if (!file) return
      const { added } = await api.call.spelling.take({ words: wordsOfFile(await file.text()) })
      toast({ text: words.imported(added) })
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
      <ul className="settings-word-list">
        {own.map((one) => (
          <li key={one}>
            <span dir="auto">{one}</span>
            <IconButton
              label={words.forget(one)}
              icon={<X />}
              onPress={() => void api.call.spelling.forget({ word: one }).catch(sayFailure)}
            />
          </li>
        ))}
      </ul>
      <div className="settings-folder">
        <TextField label={words.newWord} value={news} onChange={setNews} />
        <Button isDisabled={!isWord} onPress={add}>
          {words.add}
        </Button>
      </div>
      <div className="settings-word-actions">
        <Button isDisabled={own.length === 0} onPress={() => save(own, words.fileName)}>
          {words.exportWords}
        </Button>
        <Button onPress={() => void take()}>{words.importWords}</Button>
      </div>
      {place && <p>{words.dictionariesText(place.folder)}</p>}
    </div>
  )
}

/** A word a line; of a Hunspell word list without its count and its flags. */
function wordsOfFile(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => plainWord(line.trim().split('/')[0] ?? ''))
  return [...new Set(lines)].filter((word) => SpelledWord.safeParse(word).success && !/^\d+$/.test(word))
}

function save(words: readonly string[], name: string): void {
  const address = URL.createObjectURL(new Blob([`${words.join('\n')}\n`], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 1000)
}
