import type { TargetKind } from '../../../../shared/publishing/targets/index.ts'
import { ghostDriver } from './ghost/driver.ts'
import { openDriver } from './open/driver.ts'
import { toDriver, type Driver } from './driver.ts'
import { practiceDriver } from './practice/driver.ts'
import { wordpressDriver } from './wordpress/driver.ts'

/** The driver of every kind; a kind without one does not compile. */
export const drivers = {
  open: toDriver(openDriver),
  practice: toDriver(practiceDriver),
  wordpress: toDriver(wordpressDriver),
  ghost: toDriver(ghostDriver)
} as const satisfies Readonly<Record<TargetKind, Driver>>
