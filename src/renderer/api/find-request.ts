import { createStore } from './store.ts'

/** A story was opened for the words of a search: it shows the first place they are at. */
export const findRequest = createStore<{ readonly storyId: string; readonly text: string } | null>(null)
