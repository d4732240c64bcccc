import { createStore } from '../../api/store.ts'

/** The settings are on their way to be shown because somebody wants to add a CMS: they begin with that. */
export const addTargetAsked = createStore(false)
