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

/** A target can make a story public at an hour by itself, as it is set. */
export function canFire({ kind, settings }: { readonly kind: TargetKind; readonly settings: unknown }): boolean {
  const { fires, settings: shape } = targetKinds[kind] as TargetKindDescription
  const parsed = shape.safeParse(settings)
  return fires !== null && parsed.success && parsed.data[fires.key] === fires.value
}

/** In the order they are offered. */
export const kindsAddedByHand: readonly TargetKind[] = TargetKind.options.filter(
  (kind) => targetKinds[kind].addedByHand
)
