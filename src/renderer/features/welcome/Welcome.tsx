import { useState } from 'react'
import { FileDown } from 'lucide-react'
import { createStory } from '../../api/actions.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { navigate } from '../../api/router.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import './welcome.css'

export interface WelcomeProps {
  readonly readOnly: boolean
  readonly onOpenFile: () => void
  /** The library has stories: say less. */
  readonly settled: boolean
}

/** The first thing an editor sees, and what the middle of the desk shows while no story is open. */
export function Welcome({ readOnly, onOpenFile, settled }: WelcomeProps) {
  const words = useStrings().welcome
  const api = useApi()
  const [busy, setBusy] = useState(false)

  async function openSample(): Promise<void> {
    setBusy(true)
    try {
      const { id } = await api.call.app.addSample({})
      await api.call.settings.set({ welcomed: true })
      navigate({ name: 'story', id })
    } catch (thrown) {
      sayFailure(thrown)
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="welcome">
      <div className="welcome-inner">
        <h1 className="welcome-name">{words.title}</h1>
        <p className="welcome-line">{words.line}</p>
        <ol className="welcome-steps">
          {words.steps.map((step, at) => (
            <li key={step.title}>
              <span className="welcome-number" aria-hidden>
                {at + 1}
              </span>
              <h2>{step.title}</h2>
              <p>{step.text}</p>
            </li>
          ))}
        </ol>
        {!readOnly && (
          <>
            <div className="welcome-drop">
              <FileDown aria-hidden />
              <p>{words.drop}</p>
              <span className="welcome-choose">
                {words.or}{' '}
                <button type="button" className="welcome-link" onClick={onOpenFile}>
                  {words.choose}
                </button>
              </span>
            </div>
            <div className="welcome-actions">
              <Button
                size="large"
                variant={settled ? 'plain' : 'primary'}
                isDisabled={busy}
                onPress={() => void openSample()}
              >
                {busy ? words.adding : words.sample}
              </Button>
              <Button size="large" variant={settled ? 'primary' : 'plain'} onPress={() => void createStory(api)}>
                {words.newStory}
              </Button>
            </div>
          </>
        )}
      </div>
    </div>
  )
}
