import { useState } from 'react'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { useApi } from '../../api/api.tsx'
import { sayFailure } from '../../api/say-failure.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'

/** Looks the library over when asked to, and lists what was found. */
export function LibraryHealth() {
  const words = useStrings().settings
  const api = useApi()
  const [lines, setLines] = useState<Awaited<ReturnType<typeof api.call.app.doctor>> | null>(null)
  const [busy, setBusy] = useState(false)
  async function check(): Promise<void> {
    setBusy(true)
    try {
      setLines(await api.call.app.doctor({}))
    } catch (thrown) {
      sayFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <div>
        <Button isDisabled={busy} onPress={() => void check()}>
          {words.health}
        </Button>
      </div>
      {lines && (
        <ul className="health" aria-live="polite">
          {lines.map((line) => (
            <li key={line.check} data-bad={!line.ok || undefined}>
              {line.ok ? <CircleCheck aria-hidden /> : <CircleAlert aria-hidden />}
              <span>{inWords(line.found)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
