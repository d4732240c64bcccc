import { galley } from './galley.ts'
import { legacy } from './legacy.ts'

/** What the core, the hosts and the command line say, by room. A key is `room.sentence`. */
export const said = { galley, legacy } as const
