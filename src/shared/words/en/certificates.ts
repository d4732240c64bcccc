import type { CertificateFault } from '../../publishing/certificate.ts'

/** What is wrong with a certificate, in the window and on the command line. */
export const certificateFaults: Readonly<Record<CertificateFault, string>> = {
  changed: 'It is another certificate than the one you trusted for this CMS.',
  'self-signed': 'The server made it itself: nobody else vouches for it.',
  'unknown-issuer': 'Whoever issued it is not known to this machine.',
  'wrong-name': 'It is for another address than this one.',
  expired: 'It has expired.',
  'not-yet-valid': 'It is not valid yet, or the clock of this machine is wrong.',
  untrusted: 'This machine does not accept it, and does not say why.'
}

/** Looking at the certificate of a CMS, and trusting it. */
export const certificates = {
  title: (name: string) => `The certificate of ${name}`,
  lead: 'A certificate is how a server proves who it is. Galley sends it nothing until that is settled.',
  look: 'Look at the certificate',
  looking: 'Looking at the certificate…',
  list: 'Certificate',
  wrong: 'What is wrong with it',
  faults: certificateFaults,
  names: 'Address',
  holder: 'Belongs to',
  issuer: 'Issued by',
  from: 'Valid from',
  until: 'Valid until',
  fingerprint: 'Fingerprint (SHA-256)',
  nobody: 'not said',
  copy: 'Copy the fingerprint',
  copied: 'The fingerprint is on the clipboard.',
  compare:
    'Ask whoever runs the server for its fingerprint, by phone or face to face. Trust the certificate only if both are the same: whoever has its key can read and change all that Galley sends there.',
  trust: 'Trust this certificate for this CMS',
  trusted:
    'You trust this one certificate for this CMS. If the server shows any other, nothing is sent and you are asked.',
  forget: 'Stop trusting it'
} as const
