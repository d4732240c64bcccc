import { createStore } from './store.ts'

/** Which stories the export dialog is open for; null while it is closed. */
export const exportRequest = createStore<readonly { readonly id: string; readonly headline: string }[] | null>(null)
