import type { LineRole } from '../contract/intake.ts'

/** Roles whose lines stay out of the story. */
export const droppedRoles: ReadonlySet<LineRole> = new Set<LineRole>(['furniture', 'duplicate', 'blank'])
