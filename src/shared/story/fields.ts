import { z } from 'zod'
import { ImageUse } from '../document/image-use.ts'
import { Direction, Language } from '../document/language.ts'
import { Text } from '../document/text.ts'
import { StoryTimes } from './instant.ts'
import { Status } from './status.ts'

/** More than anybody puts into one story, of any kind. */
export const MOST = 10_000

/**
 * A web page. White space around it is cut off on reading. The published JSON Schema says the same as a pattern, as far
 * as one can: a host of allowed characters, or of an IPv6 address, with a name before and a port behind it. The format
 * "uri" would refuse outer white space and hosts in other scripts.
 */
const webAddress = z.url({ protocol: /^https?$/ }).meta({
  format: undefined,
  pattern:
    '^\\s*[Hh][Tt][Tt][Pp][Ss]?://[/\\\\]*([^\\s/\\\\?#]*@)?' +
    '(([^\\s\\u0000-\\u001f\\u007f/\\\\?#@:<>^|%\\[\\]]|%(2[1-9A-Fa-f]|[3-9A-Fa-f][0-9A-Fa-f]))+|\\[[0-9A-Fa-f:.]+\\])' +
    '(:[0-9]*)?([/\\\\?#]|\\s*$)'
})

export const Author = z.looseObject({
  /** Without "By". */
  name: Text,
  role: Text.optional(),
  url: webAddress.optional(),
  /** An agency is an organisation, not a person (schema.org). */
  kind: z.enum(['person', 'organisation']).optional()
})
export type Author = z.infer<typeof Author>

export const RelatedStory = z.looseObject({
  headline: Text,
  /** Another story of this library, or … */
  storyId: z.uuid().optional(),
  /** … a page anywhere. */
  url: webAddress.optional()
})
export type RelatedStory = z.infer<typeof RelatedStory>

/** A notice to readers. */
export const Correction = z.looseObject({
  at: z.iso.datetime({ precision: 3 }),
  text: Text,
  kind: z.enum(['correction', 'clarification', 'update']),
  /** Above the text. Absent means below, where all of them were before there was a choice. */
  place: z.literal('top').optional(),
  /** Why it was made, for the desk. Never published. */
  reason: Text.optional()
})

export type Correction = z.infer<typeof Correction>

/** What a story was made from, in its maker's terms: an agency's item or a web page. */
export const WireItem = z.looseObject({
  /** An agency's id, or the address of a page. */
  id: Text,
  /** The maker's own version, or when the page says it was last changed; empty if neither is given. */
  version: Text
})
export type WireItem = z.infer<typeof WireItem>

/**
 * Everything in a story except its body. All of it is saved, searched, compared, restored and exported.
 * Unknown keys are kept as they are.
 */
export const StoryFields = z.looseObject({
  /** The last part of the story's web address. Empty: derived from the headline on publishing. */
  slug: Text,
  /** The desk's working name of the story: council-bridge-1 */
  slugline: Text,
  headline: Text,
  headlineShort: Text,
  headlineSeo: Text,
  headlineSocial: Text,
  /** The paragraph under the headline. Also called deck, dek or summary. */
  standfirst: Text,
  /** The word or two above the headline. */
  kicker: Text,
  /** The byline as readers see it: By Amal Haddad in Beirut */
  byline: Text,
  authors: z.array(Author).max(MOST),
  /** The agency or outlet the copy came from. */
  source: Text,
  /** The item the copy came from; null for a story written here. */
  wire: WireItem.nullable(),
  /** The place a story was filed from. */
  dateline: Text,
  section: Text,
  keywords: z.array(Text).max(MOST),
  /** IPTC Media Topics: medtop:20000008 */
  mediaTopics: z.array(z.looseObject({ code: Text, name: Text })).max(MOST),
  language: Language,
  direction: Direction,
  /** IPTC urgency: 1 is most urgent, 9 least; 5 is routine. */
  urgency: z.int().min(1).max(9),
  leadImage: ImageUse.nullable(),
  related: z.array(RelatedStory).max(MOST),
  /** For the desk and the next editor. Never published. */
  editorsNote: Text,
  usageTerms: Text,
  corrections: z.array(Correction).max(MOST),
  times: StoryTimes
})
export type StoryFields = z.infer<typeof StoryFields>

/** A change to fields; contains only those that changed. */
export const FieldsPatch = StoryFields.partial()
export type FieldsPatch = z.infer<typeof FieldsPatch>

/** What a row of the library list shows; stored beside the story in a narrow table. */
export const StorySummary = z.object({
  id: z.uuid(),
  headline: z.string(),
  slugline: z.string(),
  section: z.string(),
  byline: z.string(),
  language: z.string(),
  direction: Direction,
  status: Status,
  words: z.int().min(0),
  leadMediaId: z.string().nullable(),
  createdAt: z.iso.datetime({ precision: 3 }),
  changedAt: z.iso.datetime({ precision: 3 }),
  /** The story's embargo. */
  releaseAt: z.iso.datetime({ precision: 3 }).nullable(),
  revision: z.int().min(0),
  /** On how many sites readers see a version of it, and from how many it was withdrawn; absent if it was on none. */
  sites: z.object({ live: z.int().min(0), withdrawn: z.int().min(0) }).optional()
})
export type StorySummary = z.infer<typeof StorySummary>

/** The named keys of a schema that also keeps unknown ones. Used so that a key without a default does not compile. */
type Known<Schema extends z.ZodObject> = { readonly [Key in keyof Schema['shape']]: z.output<Schema['shape'][Key]> }

/** A field's value before anybody writes it, and in stories stored before the field existed. */
export const fieldDefaults: Omit<Known<typeof StoryFields>, 'times'> = {
  slug: '',
  slugline: '',
  headline: '',
  headlineShort: '',
  headlineSeo: '',
  headlineSocial: '',
  standfirst: '',
  kicker: '',
  byline: '',
  authors: [],
  source: '',
  wire: null,
  dateline: '',
  section: '',
  keywords: [],
  mediaTopics: [],
  language: 'en',
  direction: 'auto',
  urgency: 5,
  leadImage: null,
  related: [],
  editorsNote: '',
  usageTerms: '',
  corrections: []
}
export const timesDefaults: Omit<Known<typeof StoryTimes>, 'created' | 'planned'> = {
  firstPublished: null,
  lastUpdated: null,
  embargo: null
}

/** The fields of a new, empty story. */
export function emptyFields(created: StoryTimes['created'], language = 'en'): StoryFields {
  return {
    ...fieldDefaults,
    authors: [],
    keywords: [],
    mediaTopics: [],
    related: [],
    corrections: [],
    language,
    times: { created, ...timesDefaults }
  }
}
