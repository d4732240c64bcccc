import type { Chromium } from '../lib/chromium.ts'
import type { Page } from '../lib/page.ts'

/** A story of so many words, open in an editor and ready for the first click. */
export interface Opened {
  readonly page: Page
  /** ms from asking for the story to a stable frame that shows it. */
  readonly load: number
  close(): Promise<void>
}

export interface Subject {
  readonly name: string
  readonly expectText: boolean
  /** `which`: another story of the same size, where the subject keeps what is typed. */
  open(chromium: Chromium, words: number, which?: number): Promise<Opened>
}
