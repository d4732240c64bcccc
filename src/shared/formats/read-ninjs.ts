import { z } from 'zod'
import type { Instant } from '../story/instant.ts'
import { emptyFields, MOST, type StoryFields, type WireItem } from '../story/fields.ts'
import { emptyImageUse, type ImageUse } from '../document/image-use.ts'
import { Language } from '../document/language.ts'
import { fitting, MOST_CHARACTERS } from '../document/text.ts'
import { importedInstant } from './imported-time.ts'
import { mediaIdOf } from './ninjs.ts'
import { readCorrections } from './read-corrections.ts'
import { say, type Message } from '../words/message.ts'
import type { CutField } from '../words/en/said/import-warning.ts'

/** A picture a ninjs item names, with its bytes when the item carries them. */
export interface NinjsImage {
  readonly use: ImageUse
  readonly lead: boolean
  readonly name: string
  /** data:image/…;base64,… */
  readonly data?: string
}

/** What a ninjs item says, in our words. The body is still as it came. */
export interface NinjsReading {
  /** The story's id where the item is named by a UUID. */
  readonly id: string | null
  readonly fields: StoryFields
  readonly body: { readonly html: string } | { readonly text: string }
  readonly images: readonly NinjsImage[]
  /** For the person, a sentence each. */
  readonly warnings: readonly Message[]
}

/** True for parsed JSON that could be a ninjs item of any version. */
export function looksLikeNinjs(json: unknown): boolean {
  if (!isObject(json)) return false
  const named = ['uri', 'guid', 'standard', '$standard', 'versionCreated', 'versioncreated'].some((key) => key in json)
  const speaks = Object.keys(json).some((key) =>
    /^(headlines?|bodies|descriptions|body_|headline_|description_|associations|renditions)/.test(key)
  )
  return named && speaks
}

/**
 * Reads ninjs 3.x, 2.x and the 1.x dialects in use (`guid`, `embargoed`, `byline`, `headline`, `body_html`), leniently:
 * what cannot be understood is left out with a warning and never stops the rest.
 */
export function readNinjs(
  json: unknown,
  desk: { readonly zone: string; readonly language: string; readonly now: Instant }
): NinjsReading {
  const item = isObject(json) ? json : {}
  const warnings: Message[] = []
  const time = (...keys: readonly string[]): Instant | null => {
    const text = first(item, ...keys)
    if (text === '') return null
    const read = importedInstant(text, desk.zone)
    if (!read) warnings.push(say('importWarning.dateUnread', { text: text.slice(0, 60) }))
    else if (read.problem !== null)
      warnings.push(
        read.problem === 'skipped'
          ? say('importWarning.dateSkipped', { text: text.slice(0, 60), zone: desk.zone })
          : say('importWarning.dateTwice', { text: text.slice(0, 60), zone: desk.zone })
      )
    else if (read.assumed)
      warnings.push(say('importWarning.dateWithoutZone', { text: text.slice(0, 60), zone: desk.zone }))
    return read?.instant ?? null
  }
  const fit = (value: string, field: CutField): string => {
    const line = value.replace(/\s+/g, ' ').trim()
    const fitted = fitting(line)
    if (fitted !== line) warnings.push(say('importWarning.cut', { field, max: MOST_CHARACTERS, line }))
    return fitted
  }

  const headlines = texts(item, 'headlines', 'headline')
  const until = time('embargoedUntil', 'embargoed')
  // An item of ours says whether somebody forbids publication before that hour, or the desk had only planned for it.
  const planned = importedInstant(altId(item, 'planned'), desk.zone)?.instant ?? null
  const embargo = planned ? (importedInstant(altId(item, 'embargo'), desk.zone)?.instant ?? null) : until
  const rawLanguage = first(item, 'language')
  const language = Language.safeParse(rawLanguage).success ? rawLanguage : desk.language
  if (rawLanguage !== '' && language !== rawLanguage)
    warnings.push(say('importWarning.language', { language: rawLanguage.slice(0, 40), taken: language }))
  const pubStatus = first(item, 'pubStatus', 'pubstatus')
  if (/^cancell?ed$/.test(pubStatus)) warnings.push(say('importWarning.canceled'))
  if (pubStatus === 'withheld') warnings.push(say('importWarning.withheld'))
  if (planned) warnings.push(say('importWarning.planned', { at: planned.source ?? planned.utc }))
  if (embargo) warnings.push(say('importWarning.embargoed', { until: embargo.source ?? embargo.utc }))

  const people = [...list(item['people'] ?? item['person']), ...list(item['organisations'] ?? item['organisation'])]
  const authors = people
    .filter((one) => /author|byline|creator|writer/i.test(first(one, 'rel')))
    .flatMap((one): StoryFields['authors'] => {
      const name = fit(first(one, 'name', 'literal'), 'author')
      const url = first(one, 'uri')
      const role = first(one, 'name') === '' ? '' : fitting(first(one, 'literal').trim())
      const kind = list(item['organisations'] ?? item['organisation']).includes(one)
        ? ('organisation' as const)
        : undefined
      return name === ''
        ? []
        : [
            {
              name,
              ...(/^https?:\/\/\S+$/.test(url) && URL.canParse(url) && { url }),
              ...(role !== '' && role !== name && { role }),
              ...(kind && { kind })
            }
          ]
    })
  const subjects = readSubjects(list(item['subjects'] ?? item['subject']))
  const associations = readAssociations(item)
  const images = readImages(item, associations, fit)
  const source =
    first(list(item['infoSources'] ?? item['infosource'])[0] ?? {}, 'name', 'literal') ||
    first(item, 'copyrightHolder', 'copyrightholder', 'provider')

  const fields: StoryFields = {
    ...emptyFields(desk.now, language),
    slug: fit(altId(item, 'slug'), 'slug'),
    slugline: fit(first(item, 'slugline'), 'slugline'),
    headline: fit(
      pick(headlines, 'main', 'simple', 'text', 'first', 'headline') ||
        (headlines[0]?.value ?? '') ||
        first(item, 'title'),
      'headline'
    ),
    headlineShort: fit(pick(headlines, 'short'), 'headlineShort'),
    headlineSeo: fit(pick(headlines, 'seo'), 'headlineSeo'),
    headlineSocial: fit(pick(headlines, 'social'), 'headlineSocial'),
    kicker: fit(pick(headlines, 'kicker', 'overline'), 'kicker'),
    standfirst: fitting(standfirst(texts(item, 'descriptions', 'description'))),
    byline: fit(first(item, 'by', 'byline'), 'byline'),
    authors: authors.slice(0, MOST),
    source: fit(source, 'source'),
    wire: wireOf(item),
    dateline: fit(first(item, 'located'), 'dateline'),
    section: fit(subjects.section, 'section'),
    keywords: subjects.keywords
      .map((keyword) => fit(keyword, 'keyword'))
      .filter(Boolean)
      .slice(0, MOST),
    mediaTopics: subjects.mediaTopics.slice(0, MOST),
    urgency: urgencyOf(item['urgency'], warnings),
    leadImage: images.find((image) => image.lead)?.use ?? null,
    related: readRelated(associations, fit),
    editorsNote: fitting(first(item, 'edNote', 'ednote')),
    usageTerms: fitting(
      [first(item, 'usageTerms', 'usageterms'), first(item, 'copyrightNotice', 'copyrightnotice')]
        .filter(Boolean)
        .join('\n')
    ),
    times: {
      created: desk.now,
      // When an item was made or sent says nothing of when readers saw it.
      firstPublished: null,
      lastUpdated: null,
      embargo,
      ...(planned && { planned })
    },
    corrections: readCorrections(
      list(item['bodies'])
        .filter((one) => first(one, 'role') === 'corrections')
        .map((one) => first(one, 'value'))
        .join('\n'),
      language
    )
  }
  const id = uuidIn(first(item, 'uri')) ?? uuidIn(first(item, 'guid')) ?? null
  const body = readBody(texts(item, 'bodies', 'body'))
  if ('text' in body && body.text.trim() === '') warnings.push(say('importWarning.noBody'))
  return { id, fields, body, images, warnings }
}

type Item = Readonly<Record<string, unknown>>
interface RoleText {
  readonly role: string
  readonly type: string
  readonly value: string
}
type Fit = (value: string, field: CutField) => string

function isObject(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An array of objects, whether it came as an array, as an object keyed by name (1.x) or as one object. */
function list(value: unknown): readonly Item[] {
  return Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : []
}

/** The first of the keys that holds words; numbers count as words, anything else does not. */
function first(item: Item, ...keys: readonly string[]): string {
  for (const key of keys) {
    const value = item[key]
    if (typeof value === 'string' && value.trim() !== '') return value
    if (typeof value === 'number') return String(value)
  }
  return ''
}

/** `headlines: [{role, value}]` of 2.x and 3.x, `headline` and `headline_role` of 1.x, as one list. */
function texts(item: Item, plural: string, singular: string): readonly RoleText[] {
  const modern = list(item[plural]).map((one) => ({
    role: first(one, 'role'),
    type: first(one, 'contentType', 'contenttype', 'mimetype'),
    value: first(one, 'value')
  }))
  const old = Object.entries(item).flatMap(([key, value]): RoleText[] => {
    if (typeof value !== 'string' || (key !== singular && !key.startsWith(`${singular}_`))) return []
    return [{ role: key === singular ? 'main' : key.slice(singular.length + 1), type: '', value }]
  })
  return [...modern, ...old].filter(({ value }) => value.trim() !== '')
}

function pick(from: readonly RoleText[], ...roles: readonly string[]): string {
  for (const role of roles) {
    const found = from.find((one) => one.role.toLowerCase() === role)
    if (found) return found.value
  }
  return ''
}

function standfirst(descriptions: readonly RoleText[]): string {
  const chosen = pick(descriptions, 'summary', 'standfirst', 'main', 'text', 'short') || (descriptions[0]?.value ?? '')
  return (/<[a-z][^>]*>/i.test(chosen) ? chosen.replace(/<[^<>]*>/g, ' ') : chosen).replace(/\s+/g, ' ').trim()
}

/**
 * The richest body we can read: HTML before text; NITF and other XML of the sender's own only when there is nothing
 * else.
 */
function readBody(bodies: readonly RoleText[]): NinjsReading['body'] {
  const isHtml = ({ type, role, value }: RoleText): boolean =>
    !/nitf|newsml/i.test(type + role) &&
    (/html/i.test(type) || (type === '' && (/html|rich/i.test(role) || /<(p|div|h[1-6]|br|article)\b/i.test(value))))
  const html = bodies.filter(isHtml)
  const chosen = html.find(({ role }) => role === 'main') ?? html[0]
  if (chosen) return { html: chosen.value }
  const plain =
    bodies.find(({ type, role }) => /text\/plain/i.test(type) || /^(text|plain)$/i.test(role)) ??
    bodies.find(({ role, type }) => role !== 'corrections' && !/xml/i.test(type))
  if (plain) return { text: plain.value }
  return bodies[0] ? { html: bodies[0].value } : { text: '' }
}

function readSubjects(subjects: readonly Item[]): {
  section: string
  keywords: string[]
  mediaTopics: StoryFields['mediaTopics']
} {
  let section = ''
  const keywords: string[] = []
  const mediaTopics: StoryFields['mediaTopics'] = []
  for (const subject of subjects) {
    const name = first(subject, 'name', 'literal')
    const where = `${first(subject, 'scheme')} ${first(subject, 'uri')} ${first(subject, 'code')} ${first(subject, 'literal')}`
    const number = /medtop|mediatopic/i.test(where)
      ? /\b(\d{8})\b/.exec(where)?.[1]
      : /^medtop:(\d{8})$/.exec(first(subject, 'literal'))?.[1]
    if (number !== undefined) mediaTopics.push({ code: `medtop:${number}`, name: fitting(name) })
    else if (/^(section|category)$/i.test(first(subject, 'rel')) && section === '') section = name
    else if (name !== '' && !keywords.includes(name)) keywords.push(name)
  }
  return { section, keywords, mediaTopics }
}

interface Association {
  readonly name: string
  readonly item: Item
}

function readAssociations(item: Item): readonly Association[] {
  const value = item['associations']
  if (Array.isArray(value))
    return value
      .filter(isObject)
      .map((one, index) => ({ name: first(one, 'name') || `picture ${index + 1}`, item: one }))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, one]) => list(one).map((inner) => ({ name, item: inner })))
}

function readImages(item: Item, associations: readonly Association[], fit: Fit): readonly NinjsImage[] {
  const pictures = associations.filter(
    ({ item: one }) =>
      /^(picture|graphic)$/.test(first(one, 'type')) ||
      (first(one, 'type') === '' && renditions(one).some((r) => mime(r).startsWith('image/')))
  )
  // A photo item is its own picture.
  if (/^(picture|graphic)$/.test(first(item, 'type')))
    return [{ use: imageUse(item, fit), lead: true, name: 'picture', ...dataOf(item) }]
  const lead =
    pictures.find(({ name, item: one }) => /lead|feature|hero|main/i.test(`${name} ${first(one, 'rel')}`)) ??
    pictures.find(({ item: one }) => first(one, 'rel') !== 'inline')
  return pictures.map((picture) => ({
    use: imageUse(picture.item, fit),
    lead: picture === lead,
    name: picture.name,
    ...dataOf(picture.item)
  }))
}

function imageUse(item: Item, fit: Fit): ImageUse {
  const descriptions = texts(item, 'descriptions', 'description')
  const uri = [first(item, 'uri'), ...renditions(item).map((one) => first(one, 'href'))]
    .map(mediaIdOf)
    .find((id) => id !== undefined)
  const caption =
    pick(descriptions, 'caption', 'text', 'main', 'summary') ||
    (descriptions.find(({ role }) => role !== 'alt')?.value ?? '')
  const poi = renditions(item).flatMap((one) => {
    const point = isObject(one['poi']) ? one['poi'] : {}
    const [x, y, width, height] = [point['x'], point['y'], one['width'], one['height']].map(numberOf)
    return x !== undefined && y !== undefined && width && height && x >= 0 && y >= 0 && x <= width && y <= height
      ? [{ x: x / width, y: y / height }]
      : []
  })[0]
  return {
    ...emptyImageUse(uri ?? null),
    caption: fitting(caption.trim()),
    credit: fit(
      first(item, 'by', 'byline') ||
        first(list(item['infoSources'] ?? item['infosource'])[0] ?? {}, 'name') ||
        first(item, 'copyrightHolder', 'copyrightholder'),
      'credit'
    ),
    alt: fitting(pick(descriptions, 'alt', 'alttext', 'accessibility')),
    focalPoint: poi ?? null
  }
}

function renditions(item: Item): readonly Item[] {
  const value = item['renditions']
  return Array.isArray(value) ? value.filter(isObject) : isObject(value) ? Object.values(value).filter(isObject) : []
}

function mime(rendition: Item): string {
  return first(rendition, 'contentType', 'contenttype', 'mimetype')
}

function dataOf(item: Item): { data?: string } {
  const data = renditions(item)
    .map((one) => first(one, 'href'))
    .find((href) => /^data:image\/[a-z+.-]+;base64,/.test(href))
  return data === undefined ? {} : { data }
}

function readRelated(associations: readonly Association[], fit: Fit): StoryFields['related'] {
  return associations
    .filter(({ item }) => first(item, 'type') === 'text')
    .slice(0, MOST)
    .map(({ item }) => {
      const uri = first(item, 'uri')
      const storyId = uuidIn(uri)
      return {
        headline: fit(texts(item, 'headlines', 'headline')[0]?.value ?? first(item, 'title'), 'related'),
        ...(storyId !== undefined && { storyId }),
        ...(/^https?:\/\/\S+$/.test(uri) && URL.canParse(uri) && { url: uri })
      }
    })
}

function uuidIn(uri: string): string | undefined {
  const id = uri.replace(/^urn:uuid:/i, '').toLowerCase()
  return z.uuid().safeParse(id).success ? id : undefined
}

function altId(item: Item, role: string): string {
  const value = item['altIds'] ?? item['altids']
  if (isObject(value)) return first(value, role)
  return first(list(value).find((one) => first(one, 'role') === role) ?? {}, 'value')
}

/** What an item of ours says it was made from; of an agency's, the item itself. */
function wireOf(item: Item): WireItem | null {
  const told = altId(item, 'wire')
  if (told !== '') return { id: fitting(told), version: fitting(altId(item, 'wireVersion')) }
  const uri = first(item, 'uri')
  if (uri === '' || uuidIn(uri) !== undefined) return null
  return { id: fitting(uri), version: fitting(first(item, 'version')) }
}

/** NaN for what is neither a number nor one in words: an object may not even be asked for its text. */
function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN
}

function urgencyOf(value: unknown, warnings: Message[]): number {
  if (value === undefined || value === null) return 5
  const urgency = numberOf(value)
  if (Number.isInteger(urgency) && urgency >= 1 && urgency <= 9) return urgency
  warnings.push(say('importWarning.urgency'))
  return 5
}
