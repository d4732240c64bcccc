import { useEffect, useState } from 'react'
import { Licences, LICENCES_PATH } from '../../../shared/contract/licences.ts'
import { useStrings } from '../../strings/strings.ts'
import { Dialog } from '../../ui/Dialog.tsx'

/** Whose work Galley is built on, under which licence, with the text of each. The build puts the list beside the page. */
export function LicencesDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useStrings().settings
  const [notices, setNotices] = useState<Licences | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    const stop = new AbortController()
    fetch(LICENCES_PATH, { signal: stop.signal })
      .then(async (response) => setNotices(Licences.parse(await response.json())))
      .catch(() => {
        if (!stop.signal.aborted) setFailed(true)
      })
    return () => stop.abort()
  }, [])
  return (
    <Dialog title={words.licences} lead={words.licencesText} isOpen onClose={onClose} width="large">
      {failed && <p role="alert">{words.licencesMissing}</p>}
      <ul className="licences" aria-label={words.licences}>
        {notices?.map(({ name, version, licence, text }) => (
          <li key={`${name} ${version}`}>
            <details>
              <summary>
                <span dir="ltr">
                  {name} {version}
                </span>{' '}
                <small>{licence}</small>
              </summary>
              <pre dir="ltr" lang="en">
                {text}
              </pre>
            </details>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
