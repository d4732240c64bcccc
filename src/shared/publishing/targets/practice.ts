import { defineTargetKind } from './target-kind.ts'
import { OpenSettings } from './open.ts'

/** The practice CMS of a library: an open endpoint that adds itself, and whose secret is new with every start. */
export const practiceKind = defineTargetKind({
  settings: OpenSettings,
  fields: [],
  secret: { shape: 'signing-key', required: true },
  ownIds: false,
  hasAuthors: false,
  hasNewsletters: false,
  fires: null,
  addedByHand: false
})
