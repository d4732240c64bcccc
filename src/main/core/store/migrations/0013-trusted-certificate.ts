import type { Migration } from './migration.ts'

/** The one certificate a person trusts at a target, by its fingerprint. */
export const trustedCertificate: Migration = {
  number: 13,
  name: 'trusted-certificate',
  up: 'ALTER TABLE targets ADD COLUMN trusted TEXT;'
}
