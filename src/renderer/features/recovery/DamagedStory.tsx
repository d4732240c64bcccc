import { useState } from 'react'
import { useApi } from '../../api/api.tsx'
import { sayFailure } from '../../api/say-failure.ts'
import { navigate } from '../../api/router.ts'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useMoments } from './use-moment.ts'
import './recovery.css'

/** In the place of a story that cannot be read: its whole versions, each a press away. */
export function DamagedStory({ storyId, onMended }: { readonly storyId: string; readonly onMended: () => void }) {
  const words = useStrings().recovery
  const { moment } = useMoments()
  const api = useApi()
  const [busy, setBusy] = useState(false)
  const { data } = useCall((call, signal) => call.recovery.versions({ storyId }, signal), [storyId])
  const use = (version: string): void => {
    setBusy(true)
    api.call.recovery.mend({ storyId, version }).then(onMended, (thrown: unknown) => {
      setBusy(false)
      sayFailure(thrown)
    })
  }
  return (
    <EmptyState
      title={words.story.title}
      actions={<Button onPress={() => navigate({ name: 'recovery' })}>{words.story.all}</Button>}
    >
      <p>{data === undefined ? words.story.looking : data.length === 0 ? words.story.none : words.story.text}</p>
      <ul className="recovery-versions">
        {data?.map(({ id, from, headline, words: length, state }, at) => (
          <li key={id}>
            <div>
              <strong>
                <bdi>{headline}</bdi>
              </strong>
              <span>
                {words.story.from[from]} · {moment(state.at)} · {words.story.words(length)}
              </span>
            </div>
            <Button variant={at === 0 ? 'primary' : 'plain'} size="small" isDisabled={busy} onPress={() => use(id)}>
              {words.story.use}
            </Button>
          </li>
        ))}
      </ul>
    </EmptyState>
  )
}
