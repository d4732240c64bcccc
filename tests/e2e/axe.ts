import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

interface AxePart {
  /** Selectors of what is looked at; the whole window without. */
  readonly only?: readonly string[]
  readonly without?: readonly string[]
}

/**
 * What axe finds wrong with the window as it is, a line each. It does without details of what is right, and without a
 * page of its own to put frames together: the two take four fifths of the time.
 */
export async function axeFindings(page: Page, { only = [], without = [] }: AxePart = {}): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true)
  for (const selector of only) axe.include(selector)
  // What React Aria reads aloud of a button may outlive it for some seconds.
  for (const selector of ['[data-live-announcer]', ...without]) axe.exclude(selector)
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' · ')}`)
}
