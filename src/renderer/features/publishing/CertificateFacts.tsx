import { Children, type ReactNode, type RefObject } from 'react'
import { Copy } from 'lucide-react'
import { groupedFingerprint, type Certificate, type Fingerprint } from '../../../shared/publishing/certificate.ts'
import { useDeskZone } from '../../api/desk.tsx'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { moment } from '../../ui/format.ts'
import { Notice } from '../../ui/Notice.tsx'
import { copy } from '../../ui/copy.ts'

/**
 * The container that certificate details appear in and disappear from. It stays mounted so that the press handler can
 * move the focus here when the pressed button disappears.
 */
export function CertificatePlace({
  place,
  children
}: {
  readonly place: RefObject<HTMLDivElement | null>
  readonly children: ReactNode
}) {
  const words = useStrings().certificates
  // Otherwise a screen reader would announce an empty region.
  const isEmpty = Children.toArray(children).length === 0
  return (
    <div
      ref={place}
      className="certificate-place"
      {...(!isEmpty && { role: 'region', 'aria-label': words.list })}
      aria-live="polite"
      tabIndex={-1}
    >
      {children}
    </div>
  )
}

/** A certificate that blocks the connection: what is wrong with it, whom it names, and the button for trusting it. */
export function CertificateFacts({
  certificate,
  onTrust
}: {
  readonly certificate: Certificate
  readonly onTrust: () => void
}) {
  const all = useStrings()
  const words = all.certificates
  const zone = useDeskZone()
  const { names, holder, issuer, from, until, fingerprint, faults } = certificate
  return (
    <div className="certificate">
      <Notice tone="danger">
        <ul className="certificate-faults" aria-label={words.wrong}>
          {faults.map((fault) => (
            <li key={fault}>{words.faults[fault]}</li>
          ))}
        </ul>
      </Notice>
      <dl className="certificate-facts">
        <dt>{words.names}</dt>
        <dd dir="ltr">{names.join(', ') || words.nobody}</dd>
        <dt>{words.holder}</dt>
        <dd dir="auto">{holder || words.nobody}</dd>
        <dt>{words.issuer}</dt>
        <dd dir="auto">{issuer || words.nobody}</dd>
        <dt>{words.from}</dt>
        <dd>{moment(from, zone)}</dd>
        <dt>{words.until}</dt>
        <dd>{moment(until, zone)}</dd>
      </dl>
      <FingerprintLine fingerprint={fingerprint} />
      <p className="publish-note">{words.compare}</p>
      <div className="outbox-actions">
        <Button onPress={onTrust}>{words.trust}</Button>
      </div>
    </div>
  )
}

/** The certificate trusted for a target, and the button that withdraws the trust. */
export function TrustedCertificate({
  fingerprint,
  onForget
}: {
  readonly fingerprint: Fingerprint
  readonly onForget: () => void
}) {
  const words = useStrings().certificates
  return (
    <div className="certificate">
      <Notice tone="ok">{words.trusted}</Notice>
      <FingerprintLine fingerprint={fingerprint} />
      <div className="outbox-actions">
        <Button size="small" onPress={onForget}>
          {words.forget}
        </Button>
      </div>
    </div>
  )
}

function FingerprintLine({ fingerprint }: { readonly fingerprint: Fingerprint }) {
  const { certificates: words, common } = useStrings()
  const grouped = groupedFingerprint(fingerprint)
  return (
    <div className="certificate-fingerprint">
      <div className="certificate-copy">
        <span>{words.fingerprint}</span>
        <Button
          size="small"
          variant="quiet"
          icon={<Copy />}
          onPress={() => copy(grouped, { copied: words.copied, failed: common.copyFailed })}
        >
          {words.copy}
        </Button>
      </div>
      <code dir="ltr">
        {/* Sixteen pairs a line, the way people read them out to each other. */}
        <span>{grouped.slice(0, 48)}</span>
        <span>{grouped.slice(48)}</span>
      </code>
    </div>
  )
}
