import { useDeskZone } from '../../api/desk.tsx'
import { apart, moment } from '../../ui/format.ts'

interface Written {
  readonly moment: (utc: string) => string
  /** Two instants, so that they can be told apart. */
  readonly apart: (one: string, other: string | undefined) => (utc: string) => string
}

/** How instants are written here: in the desk's zone. */
export function useMoments(): Written {
  const zone = useDeskZone()
  return { moment: (utc) => moment(utc, zone), apart: (one, other) => apart(one, other, zone) }
}
