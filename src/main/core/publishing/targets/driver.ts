import type { z } from 'zod'
import type { Story } from '../../../../shared/story/story.ts'
import type { TargetSettings } from '../../../../shared/contract/publishing.ts'
import type { Block } from '../../../../shared/document/document.ts'
import type { HtmlOptions } from '../../../../shared/document/to-html.ts'
import type {
  Access,
  CopyThere,
  Intent,
  Job,
  PlannedRequest,
  PrepareContext,
  RemoteCopy,
  Step,
  Difference,
  TargetClient,
  TargetDriver
} from './target.ts'

/** A driver whose settings are still as stored in the database: any kind, seen from outside. */
export interface Driver {
  prepare(story: Story, context: PrepareContext<TargetSettings>): Intent
  nextStep(job: Job, missing: string | null): Step | null
  same(remote: RemoteCopy, job: Job): readonly Difference[]
  readable(remote: RemoteCopy): { readonly headline: string; readonly text: string }
  copyThere(remote: RemoteCopy, base: Story, job: Job, sent: string | null): CopyThere | null
  htmlOf(block: Block, html: HtmlOptions): string
  requests(job: Job, url: string): readonly PlannedRequest[]
  connect(access: Access<TargetSettings>): TargetClient
}

/**
 * Makes a driver that receives its settings parsed, because a row may come from a backup or from somebody editing
 * files.
 */
export function toDriver<Settings>(
  driver: TargetDriver<Settings> & { readonly settings: z.ZodType<Settings> }
): Driver {
  return {
    prepare: (story, context) =>
      driver.prepare(story, { ...context, settings: driver.settings.parse(context.settings) }),
    nextStep: (job, missing) => driver.nextStep(job, missing),
    same: (remote, job) => driver.same(remote, job),
    readable: (remote) => driver.readable(remote),
    copyThere: (remote, base, job, sent) => driver.copyThere(remote, base, job, sent),
    htmlOf: (block, html) => driver.htmlOf(block, html),
    requests: (job, url) => driver.requests(job, url),
    connect: (access) => driver.connect({ ...access, settings: driver.settings.parse(access.settings) })
  }
}
