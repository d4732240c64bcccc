import { app } from './app.ts'
import { checks } from './checks.ts'
import { cms } from './cms.ts'
import { commandLine } from './command-line.ts'
import { exporting } from './exporting.ts'
import { files } from './files.ts'
import { foreign } from './foreign.ts'
import { galley } from './galley.ts'
import { ghost } from './ghost.ts'
import { health } from './health.ts'
import { hosts } from './hosts.ts'
import { intake } from './intake.ts'
import { importWarning } from './import-warning.ts'
import { intakeWarning } from './intake-warning.ts'
import { legacy } from './legacy.ts'
import { media } from './media.ts'
import { outbox } from './outbox.ts'
import { publishing } from './publishing.ts'
import { recovery } from './recovery.ts'
import { reason } from './reason.ts'
import { store } from './store.ts'
import { stories } from './stories.ts'
import { wordpress } from './wordpress.ts'

/** What the core, the hosts and the command line say, by room. A key is `room.sentence`. */
export const said = {
  app,
  checks,
  cms,
  commandLine,
  exporting,
  files,
  foreign,
  galley,
  ghost,
  health,
  hosts,
  importWarning,
  intake,
  intakeWarning,
  legacy,
  media,
  outbox,
  publishing,
  reason,
  recovery,
  store,
  stories,
  wordpress
} as const
