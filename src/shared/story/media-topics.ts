import type { StoryFields } from './fields.ts'

/** The top-level topics of IPTC's Media Topics with their codes; deeper ones are written as their code. */
export const topMediaTopics = [
  { code: 'medtop:01000000', name: 'arts, culture, entertainment and media' },
  { code: 'medtop:16000000', name: 'conflict, war and peace' },
  { code: 'medtop:02000000', name: 'crime, law and justice' },
  { code: 'medtop:03000000', name: 'disaster, accident and emergency incident' },
  { code: 'medtop:04000000', name: 'economy, business and finance' },
  { code: 'medtop:05000000', name: 'education' },
  { code: 'medtop:06000000', name: 'environment' },
  { code: 'medtop:07000000', name: 'health' },
  { code: 'medtop:08000000', name: 'human interest' },
  { code: 'medtop:09000000', name: 'labour' },
  { code: 'medtop:10000000', name: 'lifestyle and leisure' },
  { code: 'medtop:11000000', name: 'politics and government' },
  { code: 'medtop:12000000', name: 'religion' },
  { code: 'medtop:13000000', name: 'science and technology' },
  { code: 'medtop:14000000', name: 'society' },
  { code: 'medtop:15000000', name: 'sport' },
  { code: 'medtop:17000000', name: 'weather' }
] as const

/** One topic as stored in the story's field. */
export type MediaTopic = StoryFields['mediaTopics'][number]

/**
 * The topic a person typed: the name of a top-level topic or an unambiguous beginning of one, or a code of eight
 * digits, optionally with `medtop:` before it and a name after it. Null for anything else.
 */
export function mediaTopicOf(typed: string): MediaTopic | null {
  const text = typed.trim()
  const coded = /^(?:medtop:)?(\d{8})(?:\s+(\S.{0,199}))?$/iu.exec(text)
  if (coded) {
    const code = `medtop:${coded[1]}`
    return { code, name: coded[2] ?? topMediaTopics.find((topic) => topic.code === code)?.name ?? '' }
  }
  const begun = topMediaTopics.filter(({ name }) => name.startsWith(text.toLowerCase()))
  const [only] = begun
  const same = begun.find(({ name }) => name === text.toLowerCase())
  return text === '' ? null : (same ?? (begun.length === 1 && only ? only : null))
}
