import type { StoryFields } from './fields.ts'

/** The section as readers see it above the headline: one that the kicker says already is not said twice. */
export function sectionShown({ section, kicker }: Pick<StoryFields, 'section' | 'kicker'>): string {
  return section.toLowerCase() === kicker.toLowerCase() ? '' : section
}
