import type { Command } from '../command.ts'
import { check } from './check.ts'
import { doctor } from './doctor.ts'
import { exportStories } from './export.ts'
import { history } from './history.ts'
import { importStories } from './import.ts'
import { intake } from './intake.ts'
import { licences } from './licences.ts'
import { list } from './list.ts'
import { outbox } from './outbox.ts'
import { publish } from './publish.ts'
import { receipt } from './receipt.ts'
import { restore } from './restore.ts'
import { sampleLibrary } from './sample-library.ts'
import { serve } from './serve.ts'
import { show } from './show.ts'
import { targets } from './targets.ts'
import { withdraw } from './withdraw.ts'

export const commands: readonly Command[] = [
  intake,
  importStories,
  list,
  show,
  history,
  restore,
  exportStories,
  check,
  publish,
  withdraw,
  outbox,
  receipt,
  targets,
  serve,
  doctor,
  licences,
  sampleLibrary
]
