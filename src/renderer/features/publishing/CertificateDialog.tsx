import { useRef } from 'react'
import type { Fingerprint } from '../../../shared/publishing/certificate.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { useCall } from '../../api/use-call.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { CertificateFacts, CertificatePlace, TrustedCertificate } from './CertificateFacts.tsx'

interface CertificateDialogProps {
  readonly targetId: string
  readonly name: string
  readonly onClose: () => void
}

/** Fetches a CMS's certificate again and lets the user trust it or not. */
export function CertificateDialog({ targetId, name, onClose }: CertificateDialogProps) {
  const api = useApi()
  const all = useStrings()
  const words = all.certificates
  const found = useCall(
    async (call, signal) => {
      const [targets, tested] = await Promise.all([
        call.publishing.targets({}, signal),
        call.publishing.testTarget({ id: targetId }, signal)
      ])
      return { target: targets.find(({ id }) => id === targetId) ?? null, ...tested }
    },
    [targetId]
  )
  const place = useRef<HTMLDivElement>(null)
  const target = found.data?.target ?? null
  const trust = (trusted: Fingerprint | null): void => {
    if (!target) return
    place.current?.focus()
    const { id, kind, url } = target
    api.call.publishing.saveTarget({ id, name: target.name, kind, url, trusted }).then(found.reload, sayFailure)
  }
  return (
    <Dialog
      title={words.title(name)}
      lead={words.lead}
      isOpen
      onClose={onClose}
      actions={<Button onPress={onClose}>{all.common.close}</Button>}
    >
      {found.loading && <ProgressBar label={words.looking} done={0} total={null} />}
      {found.error && <Notice tone="danger">{inWords(found.error)}</Notice>}
      <CertificatePlace place={place}>
        {!found.loading && found.data && (
          <>
            {found.data.certificate ? (
              <CertificateFacts
                certificate={found.data.certificate}
                onTrust={() => trust(found.data?.certificate?.fingerprint ?? null)}
              />
            ) : (
              <Notice tone={found.data.ok ? 'ok' : 'warn'}>{inWords(found.data.message)}</Notice>
            )}
            {!found.data.certificate && target?.trusted && (
              <TrustedCertificate fingerprint={target.trusted} onForget={() => trust(null)} />
            )}
          </>
        )}
      </CertificatePlace>
    </Dialog>
  )
}
