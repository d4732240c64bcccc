import type { StoryFields } from './fields.ts'

/** The section as readers see it above the headline; empty if the kicker already says the same. */
export function sectionShown({ section, kicker }: Pick<StoryFields, 'section' | 'kicker'>): string {
  return section.toLowerCase() === kicker.toLowerCase() ? '' : section
}
