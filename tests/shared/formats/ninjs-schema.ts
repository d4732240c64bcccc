/**
 * ninjs 3.1 as strict as its rules: the keys a text item may have, and no others. Written from the standard for these
 * tests.
 */
const string = { type: 'string' }
const uri = { type: 'string', format: 'uri' }
const dateTime = { type: 'string', format: 'date-time' }
const integer = { type: 'integer' }
const strict = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false
})
const list = (items: object) => ({ type: 'array', items })

const text = strict({ role: string, contentType: string, value: string }, ['value'])
const concept = strict({ name: string, rel: string, uri, literal: string })
const source = strict({ name: string, role: string, uri, literal: string })
const rendition = strict(
  {
    name: string,
    href: uri,
    contentType: string,
    title: string,
    width: integer,
    height: integer,
    sizeInBytes: integer,
    poi: strict({ x: integer, y: integer })
  },
  ['name']
)

const item = {
  uri,
  standard: strict({ name: string, version: string, schema: uri }),
  type: { enum: ['text', 'audio', 'video', 'picture', 'graphic', 'composite', 'component', 'event', 'planning'] },
  representationType: { enum: ['full', 'partial'] },
  profile: string,
  version: string,
  title: string,
  firstCreated: dateTime,
  versionCreated: dateTime,
  contentCreated: dateTime,
  embargoedUntil: dateTime,
  expires: dateTime,
  pubStatus: { enum: ['usable', 'withheld', 'canceled'] },
  urgency: { type: 'integer', minimum: 1, maximum: 9 },
  language: string,
  by: string,
  slugline: string,
  located: string,
  edNote: string,
  usageTerms: string,
  copyrightHolder: string,
  copyrightNotice: string,
  headlines: list(text),
  descriptions: list(text),
  bodies: list(
    strict({ role: string, contentType: string, charCount: integer, wordCount: integer, value: string }, ['value'])
  ),
  subjects: list(concept),
  people: list(concept),
  organisations: list(concept),
  places: list(concept),
  genres: list(strict({ name: string, uri: string, literal: string })),
  infoSources: list(source),
  altIds: list(strict({ role: string, value: string })),
  renditions: list(rendition),
  trustIndicators: list(strict({ role: uri, title: string, href: uri }))
}

export const ninjsSchema = {
  ...strict({ ...item, associations: list(strict({ ...item, name: string, rel: string }, ['name', 'uri'])) }, ['uri']),
  $schema: 'https://json-schema.org/draft/2020-12/schema'
}
