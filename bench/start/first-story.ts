import { openCore } from '../lib/core.ts'

/**
 * The newest story of every library that is started, so that both know when the list is there and have something to
 * type into.
 */
export const STORY = '0198d000-0000-7000-8000-0000000057a7'
export const HEADLINE = 'The story the bench starts with'
export const FIRST_PARAGRAPH =
  'The committee met before dawn and left its papers on the long table, where the cleaners found them and put them in order before anybody came back.'

/** Puts the story on top of the list, made where it is not there yet. */
export async function addStory(library: string): Promise<void> {
  const { call, close } = await openCore(library, library)
  try {
    await call.settings.set({ welcomed: true, theme: 'light' })
    const body = {
      version: 1 as const,
      blocks: [1, 2, 3].map((at) => ({
        id: `start-${at}`,
        type: 'paragraph' as const,
        runs: [{ text: FIRST_PARAGRAPH }]
      }))
    }
    const there = await call.stories.get({ id: STORY }).catch(() => null)
    if (!there) await call.stories.create({ id: STORY, fields: { headline: HEADLINE }, body })
    else
      await call.stories.patchFields({
        id: STORY,
        baseRevision: there.revision,
        changeId: crypto.randomUUID(),
        fields: { editorsNote: `Started by the bench, revision ${there.revision}` }
      })
  } finally {
    await close()
  }
}
