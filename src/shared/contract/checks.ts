import { z } from 'zod'
import { Finding } from '../checks/finding.ts'
import { CheckProfile } from '../checks/profile.ts'
import { read } from '../rpc/define.ts'
import { Message } from '../words/message.ts'
import { Nothing, StoryId } from './common.ts'

export const checks = {
  /**
   * What this desk requires of a story: its own profile, or Galley's if it has none or `problem` says why it cannot be
   * used.
   */
  profile: read(Nothing, z.object({ profile: CheckProfile, isOwn: z.boolean(), problem: Message.nullable() })),
  /** The findings in the stored story, in reading order. */
  story: read(z.object({ id: StoryId }), z.object({ findings: z.array(Finding), problem: Message.nullable() }))
} as const
