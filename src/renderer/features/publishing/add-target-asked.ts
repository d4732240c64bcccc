import { createStore } from '../../api/store.ts'

/** Set before the settings open because the user wants to add a CMS: they start with that dialog. */
export const addTargetAsked = createStore(false)
