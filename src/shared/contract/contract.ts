import { z } from 'zod'
import { Message } from '../words/message.ts'
import { StorySummary } from '../story/fields.ts'
import type { ContractDefinition } from '../rpc/define.ts'
import { app } from './app.ts'
import { checks } from './checks.ts'
import { stories } from './stories.ts'
import { exports } from './exports.ts'
import { intake } from './intake.ts'
import { library } from './library.ts'
import { media } from './media.ts'
import { OutboxItem } from './outbox.ts'
import { publishing } from './publishing.ts'
import { revisions } from './revisions.ts'
import { recovery } from './recovery.ts'
import { spelling } from './spelling.ts'
import { Settings, settings } from './settings.ts'

/** Increase it when a call or event changes in a way an older renderer or command line could not cope with. */
export const CONTRACT_VERSION = 6

/** Everything the renderer and the command line can ask of the core, and everything the core announces to them. */
export const contract = {
  calls: { stories, library, revisions, media, exports, intake, publishing, recovery, checks, spelling, settings, app },
  events: {
    /** A story changed, whoever changed it; `by` is the connection that did it. */
    storyChanged: z.object({ summary: StorySummary, by: z.string().nullable() }),
    /** Rows were added, removed or moved in ways that single changes do not cover; reload the list. */
    libraryChanged: z.object({}),
    outboxChanged: z.object({ item: OutboxItem }),
    /** A target was added, removed, changed, paused or resumed. */
    targetsChanged: z.object({}),
    settingsChanged: Settings,
    /** A word was accepted, or is checked again. */
    spellingChanged: z.object({}),
    /** Progress of long work; `total` is null while unknown. */
    job: z.object({
      jobId: z.uuid(),
      label: Message,
      done: z.int(),
      total: z.int().nullable(),
      state: z.enum(['running', 'done', 'failed', 'cancelled'])
    }),
    /** The host asks the window to show an address such as /story/ID. */
    navigate: z.object({ address: z.string() }),
    /** The host is about to close: save the last words now. */
    flush: z.object({})
  }
} as const satisfies ContractDefinition

export type Contract = typeof contract
