import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FieldsPatch } from '../../../shared/story/fields.ts'
import { newBlockId, type Block, type StoredBody } from '../../../shared/document/document.ts'
import { emptyImageUse, type ImageUse } from '../../../shared/document/image-use.ts'
import { runsOf, type Run } from '../../../shared/document/runs.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { StoriesService } from './stories.ts'
import type { MediaService } from '../media/media.ts'

/** A fixed id, so that asking again opens the existing story. */
export const SAMPLE_STORY_ID = '01980000-0000-7000-8000-00000000ba5e'

export interface SampleStoryOptions {
  readonly stories: StoriesService
  readonly media: MediaService
  /** Absolute path of the files shipped with the product. */
  readonly resources: string
}

/** Adds a finished story to look at and play with; entirely fictional. Returns its id. */
export async function addSampleStory({ stories, media, resources }: SampleStoryOptions): Promise<string> {
  try {
    const { status, revision } = stories.summary(SAMPLE_STORY_ID)
    if (status === 'trashed')
      stories.setStatus({ id: SAMPLE_STORY_ID, baseRevision: revision, changeId: crypto.randomUUID() }, 'draft')
    return SAMPLE_STORY_ID
  } catch (error) {
    if (!(error instanceof GalleyError && error.code === 'not_found')) throw error
  }
  const bridge = await picture(media, resources, 'harbour-bridge.jpg')
  const chamber = await picture(media, resources, 'council-chamber.jpg')
  stories.create({ id: SAMPLE_STORY_ID, fields: fields(bridge), body: body(chamber) })
  return SAMPLE_STORY_ID
}

async function picture(media: MediaService, resources: string, name: string): Promise<ImageUse> {
  const { id, metadata } = await media.add(name, new Uint8Array(await readFile(join(resources, 'samples', name))))
  return {
    ...emptyImageUse(id),
    caption: metadata.caption?.value ?? '',
    credit: metadata.credit?.value ?? '',
    alt: metadata.alt?.value ?? ''
  }
}

function fields(leadImage: ImageUse): FieldsPatch {
  return {
    kicker: 'City',
    headline: 'Council votes 7–2 to close harbour bridge for a year',
    headlineShort: 'Harbour bridge to close for a year',
    standfirst:
      'Engineers found cracks in a quarter of the cable anchors. Ferries will run from Monday; traders on the east bank say the city has a week to save their summer.',
    byline: 'Amal Haddad and Jonas Lind',
    authors: [
      { name: 'Amal Haddad', kind: 'person' },
      { name: 'Jonas Lind', kind: 'person' }
    ],
    source: 'Galley Sample Desk',
    dateline: 'Port Ellery',
    section: 'City',
    slugline: 'bridge-closure-1',
    keywords: ['harbour bridge', 'city council', 'transport'],
    language: 'en',
    usageTerms: 'Sample copy. Use it for anything.',
    editorsNote: 'Sample story: change it, export it, publish it to the practice CMS.',
    leadImage
  }
}

function body(chamber: ImageUse): StoredBody {
  const paragraph = (...runs: (string | Run)[]): Block => ({
    id: newBlockId(),
    type: 'paragraph',
    runs: runs.flatMap((run) => (typeof run === 'string' ? runsOf(run) : [run]))
  })
  const heading = (text: string): Block => ({ id: newBlockId(), type: 'heading', level: 2, runs: runsOf(text) })
  const blocks: Block[] = [
    paragraph(
      'PORT ELLERY — The city council voted seven to two on Tuesday night to close the harbour bridge to all traffic for a year, after an inspection found cracks in eleven of the forty-two anchors that hold its cables.'
    ),
    paragraph(
      'The closure takes effect at 5 a.m. on Monday. About 31,000 vehicles cross the bridge on a working day, and the only other crossing, at Sallow Weir, is nineteen kilometres upstream.'
    ),
    paragraph(
      '“Nobody on this council wanted this vote,” said the transport chair, Mirela Costa. “But I will not stand here in a year and explain why we read the report and ',
      { text: 'did nothing', marks: ['italic'] },
      '.”'
    ),
    heading('Eleven anchors'),
    paragraph(
      'The cracks were found in March by ',
      { text: 'a routine inspection', link: { href: 'https://example.org/bridge-inspection' } },
      ' that used ultrasound for the first time since the bridge opened in 1974. None is longer than four centimetres, but three have grown since then, the engineers’ report says.'
    ),
    paragraph({ text: 'What happens next:', marks: ['bold'] }),
    {
      id: newBlockId(),
      type: 'list',
      ordered: false,
      items: [
        { runs: runsOf('Monday, 5 a.m.: the bridge closes; buses turn at Quay Street.'), depth: 0 },
        {
          runs: runsOf('Monday, 6 a.m.: two passenger ferries start, every twelve minutes, free for the first month.'),
          depth: 0
        },
        { runs: runsOf('September: the council sees the first repair estimate.'), depth: 0 }
      ]
    },
    { id: newBlockId(), type: 'image', image: chamber },
    paragraph(
      'The two councillors who voted against said lorries alone should have been kept off. “A family car weighs what a lorry’s axle weighs,” said Tom Ashdown, who sits for the east bank. “We have punished the baker for the brewery’s dray.”'
    ),
    {
      id: newBlockId(),
      type: 'quote',
      runs: runsOf('I open at four in the morning. My flour comes over that bridge, and so do my customers.')
    },
    paragraph(
      'Said Rana Okoye, whose bakery stands a hundred metres from the eastern ramp. She expects to lose two thirds of her trade and has asked the city for help with her rent.'
    ),
    heading('A week to prepare'),
    paragraph(
      'The council set aside 2.4 million for ferries and a fund for traders, who can apply from Thursday. The harbour board said it would keep the fairway under the bridge open for boats during the works.'
    )
  ]
  return { version: 1, blocks }
}
