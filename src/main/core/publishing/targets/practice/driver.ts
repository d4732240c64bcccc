import { openDriver } from '../open/driver.ts'

/** The practice CMS speaks the open endpoint; only how it gets its address and secret differs. */
export const practiceDriver = openDriver
