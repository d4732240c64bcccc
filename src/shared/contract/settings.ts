import { z } from 'zod'
import { isTimeZone } from '../story/instant.ts'
import { Language } from '../document/language.ts'
import { read, write } from '../rpc/define.ts'
import { Nothing } from './common.ts'

const Link = z.object({ label: z.string().min(1).max(200), url: z.url({ protocol: /^https?$/ }).max(2000) })

export const Settings = z.object({
  /** The publication's name, for exported pages. */
  deskName: z.string().max(200),
  /** Who is at this desk, for the versions in a story's history; empty until asked. Never leaves the library. */
  person: z.string().max(100),
  siteUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  /** Web address of the publication's logo, for the metadata of exported pages; empty for none. */
  logoUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2000)]),
  /** IANA zone for dates that name none. */
  zone: z.string().refine(isTimeZone, 'is not a time zone this machine knows'),
  /** Language of new stories. */
  language: Language,
  /** Empty: the host's default folder. */
  exportFolder: z.string().max(4000),
  /** A second place for backups, such as another disk; empty: none. */
  backupFolder: z.string().max(4000),
  /** "Follow us on" links of exported pages. */
  channels: z.array(Link).max(50),
  /** "Top stories" rail of exported pages. */
  related: z.array(Link).max(50),
  relatedTitle: z.string().max(200),
  theme: z.enum(['system', 'light', 'dark']),
  /** Quotes, dashes and spaces are adapted to the language as they are typed. */
  smartPunctuation: z.boolean(),
  /** Markdown signs become headings, lists and formatting as they are typed. */
  markdownTyping: z.boolean(),
  /** Spelling is checked while writing. */
  spelling: z.boolean(),
  /** So is grammar, if an engine supports it for the language. */
  grammar: z.boolean(),
  /** Words in capitals are checked too. */
  spellingCapitals: z.boolean(),
  /** A system notification when something scheduled goes live or stops. */
  notifyScheduled: z.boolean(),
  /** The desk's own intake rules, validated when used; see docs/intake-rules.md. */
  intakeRules: z.array(z.looseObject({ id: z.string() })).max(500),
  /** The desk's own check profile, validated when used; null: Galley's. See docs/checks.md. */
  checkProfile: z.json(),
  /** The person has completed the first-start invitation. */
  welcomed: z.boolean()
})
export type Settings = z.infer<typeof Settings>

export const settings = {
  get: read(Nothing, Settings),
  set: write(Settings.partial(), Settings)
} as const
