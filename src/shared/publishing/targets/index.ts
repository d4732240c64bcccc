import { z } from 'zod'
import { ghostKind } from './ghost.ts'
import { openKind } from './open.ts'
import { practiceKind } from './practice.ts'
import { wordpressKind } from './wordpress.ts'
import type { TargetKindDescription } from './target-kind.ts'

/** Every kind of CMS there is. What else a kind needs does not compile until it is there. */
export const TargetKind = z.enum(['wordpress', 'ghost', 'open', 'practice'])
export type TargetKind = z.infer<typeof TargetKind>

export const targetKinds = {
  wordpress: wordpressKind,
  ghost: ghostKind,
  open: openKind,
  practice: practiceKind
} as const satisfies Readonly<Record<TargetKind, TargetKindDescription>>

/** The description of a kind, whichever it is. */
export function targetKind(kind: TargetKind): TargetKindDescription {
  return targetKinds[kind]
}

/** In the order they are offered. */
export const kindsAddedByHand: readonly TargetKind[] = TargetKind.options.filter(
  (kind) => targetKinds[kind].addedByHand
)
