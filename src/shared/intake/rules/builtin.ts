import { IntakeRule } from '../rules.ts'
import { arabicRules } from './arabic.ts'
import { englishRules } from './english.ts'
import { europeanRules } from './european.ts'
import { markupRules } from './markup.ts'

/** All of Galley's own rules, in the order they are tried. A desk's own rules come before all of them. */
export const builtinRules: readonly IntakeRule[] = [
  ...englishRules,
  ...arabicRules,
  ...europeanRules,
  ...markupRules
].map((rule): IntakeRule => ({ ...IntakeRule.parse({ ...rule, description: rule.reason }), reason: rule.reason }))
