import { stories } from './0001-stories.ts'
import { publishing } from './0002-publishing.ts'

export interface Migration {
  /** Its place in the list, from 1. */
  readonly number: number
  readonly name: string
  readonly up: string
}

/** In order, never edited after release: a library of any age walks up through these. */
export const migrations: readonly Migration[] = [stories, publishing]
