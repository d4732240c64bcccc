import type { IntakeRuleInput } from '../rules.ts'
import { channelRules } from './english/channels.ts'
import { noticeRules } from './english/notices.ts'
import { pagePartRules } from './english/page-parts.ts'
import { railRules } from './english/rails.ts'

/**
 * What English-language pages put around a story, in the order it is tried. Bare channel names match in every language.
 */
export const englishRules: readonly IntakeRuleInput[] = [
  ...channelRules,
  ...railRules,
  ...noticeRules,
  ...pagePartRules
]
