import { createStore } from './store.ts'

/** The stories the sheet for publishing several is open for; null while it is closed. */
export const publishRequest = createStore<readonly string[] | null>(null)
