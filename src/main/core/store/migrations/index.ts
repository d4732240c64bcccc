import { stories } from './0001-stories.ts'
import { publishing } from './0002-publishing.ts'
import { search } from './0003-search.ts'
import { embargoAndSchedule } from './0004-embargo-and-schedule.ts'
import { targetKinds } from './0005-target-kinds.ts'
import { renditions } from './0006-renditions.ts'
import { history } from './0007-history.ts'
import { filters } from './0008-filters.ts'
import { undo } from './0009-undo.ts'
import { spellingWords } from './0010-spelling-words.ts'
import { embargoExits } from './0011-embargo-exits.ts'
import { firedBy } from './0012-fired-by.ts'
import { trustedCertificate } from './0013-trusted-certificate.ts'
import { lateLooks } from './0014-late-looks.ts'
import type { Migration } from './migration.ts'

/** In order, never edited after release: a library of any age walks up through these. */
export const migrations: readonly Migration[] = [
  stories,
  publishing,
  search,
  embargoAndSchedule,
  targetKinds,
  renditions,
  history,
  filters,
  undo,
  spellingWords,
  embargoExits,
  firedBy,
  trustedCertificate,
  lateLooks
]
