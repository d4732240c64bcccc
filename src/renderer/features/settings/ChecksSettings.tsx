import { useState } from 'react'
import type { Settings } from '../../../shared/contract/settings.ts'
import { readProfile } from '../../../shared/checks/profile.ts'
import { say, type Message } from '../../../shared/words/message.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { useDeskFacts } from '../../api/desk.tsx'
import { chooseFiles } from '../../api/pictures.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** Which checks are in use, and how a desk brings its own. */
export function ChecksSettings() {
  const { checks: words } = useStrings()
  const api = useApi()
  const checks = useDeskFacts()?.checks
  const [refused, setRefused] = useState<Message | null>(null)
  if (!checks) return null
  const store = (checkProfile: Settings['checkProfile']): void => {
    setRefused(null)
    api.call.settings.set({ checkProfile }).catch(sayFailure)
  }
  const choose = async (): Promise<void> => {
    const [file] = await chooseFiles({ accept: '.json,application/json' })
    if (!file) return
    const read = jsonOf(await file.text())
    const found = read ? readProfile(read.value) : { problem: say('checks.notJson') }
    if (found.problem !== undefined) setRefused(found.problem)
    else store(read?.value ?? null)
  }
  const problem = refused ?? checks.problem
  return (
    <>
      <p className="g-description">{words.profileText}</p>
      <p>{words.profileName(checks.profile.name)}</p>
      {problem && <Notice tone="warn">{inWords(problem)}</Notice>}
      <div className="settings-buttons">
        <Button onPress={() => void choose()}>{words.profileChoose}</Button>
        {(checks.isOwn || checks.problem) && (
          <Button variant="quiet" onPress={() => store(null)}>
            {words.profileOwn}
          </Button>
        )}
      </div>
    </>
  )
}

function jsonOf(text: string): { readonly value: Settings['checkProfile'] } | null {
  try {
    return { value: JSON.parse(text) as Settings['checkProfile'] }
  } catch {
    return null
  }
}
