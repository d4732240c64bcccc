import type { OutboxItem } from '../../../shared/contract/outbox.ts'

type Hours = Pick<OutboxItem, 'planned' | 'embargo'>

/**
 * The hours to show beside a delivery that waits: the planned one unless an embargo holds it longer, and the embargo
 * unless the plan is later.
 */
export function hoursShown({ planned, embargo, notBefore }: Hours & Pick<OutboxItem, 'notBefore'>): Hours {
  const isHeldLonger = planned && embargo && Date.parse(embargo.utc) > Date.parse(planned.utc)
  const isHeld = planned === null || (embargo && notBefore && Date.parse(notBefore) === Date.parse(embargo.utc))
  return { planned: isHeldLonger ? null : planned, embargo: isHeld ? embargo : null }
}
