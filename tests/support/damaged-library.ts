import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Events } from '../../src/main/core/events.ts'
import { makeBackup } from '../../src/main/core/store/backup.ts'
import { copyLibrary } from '../../src/main/core/store/copy-library.ts'
import { openLibrary } from '../../src/main/core/store/open-library.ts'
import { StoriesService } from '../../src/main/core/stories/stories.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { systemClock } from '../../src/shared/lib/clock.ts'

/**
 * Makes a library of three stories in a folder, a backup of it, and edits that came after the backup; then leaves it as a
 * kill does, with one fault: `empty` (0 bytes), `foreign-log`, `story` (one text damaged), or `none`. Prints the ids.
 */
const [folder = '', fault = 'none'] = process.argv.slice(2)
const FILES = ['galley.db', 'galley.db-wal', 'galley.mark', 'library.json']

const ids = await make(folder)
if (fault === 'empty') {
  writeFileSync(join(folder, 'galley.db'), '')
  rmSync(join(folder, 'galley.db-wal'), { force: true })
}
if (fault === 'foreign-log') {
  const other = `${folder}-other`
  await make(other)
  copyFileSync(join(other, 'galley.db-wal'), join(folder, 'galley.db-wal'))
  rmSync(other, { recursive: true })
}
if (fault === 'story') {
  const opened = await openLibrary(folder)
  const raw = opened.store.connection().raw
  raw
    .prepare(`UPDATE article_content SET fields = replace(fields, '"headline":"', '"headline":"~') WHERE seq = 2`)
    .run()
  opened.close()
}
// At once, as a kill is: the stories that were made would else come to rest first, twenty seconds from now.
process.stdout.write(JSON.stringify(ids), () => process.exit())

async function make(where: string): Promise<string[]> {
  // The first opening leaves the tables in the database itself; what follows is in the log alone.
  ;(await openLibrary(where)).close()
  const opened = await openLibrary(where)
  const { store } = opened
  const stories = new StoriesService({
    store,
    clock: systemClock,
    events: new Events(() => undefined),
    desk: () => ({ zone: 'UTC', language: 'en' })
  })
  const made = ['Bridge closes for a year', 'Harvest begins early', 'Council votes on water'].map(
    (headline) =>
      stories.create({
        fields: { headline, standfirst: 'What it means for the valley.' },
        body: {
          version: 1,
          blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: `${headline}: the first report.` }] }]
        }
      }).id
  )
  await makeBackup(where, {
    copy: async (target) => (await copyLibrary(store.connection().raw, target)) ?? fail(),
    now: Date.now()
  })
  for (const id of made.slice(0, 2)) {
    const { revision } = stories.get(id)
    stories.patchBody({ id, baseRevision: revision, changeId: newId() }, [
      {
        op: 'insert',
        after: 'a',
        block: { id: 'b', type: 'paragraph', runs: [{ text: 'And what was added after the backup.' }] }
      }
    ])
  }
  const files = FILES.flatMap((name): [string, Buffer][] =>
    existsSync(join(where, name)) ? [[name, readFileSync(join(where, name))]] : []
  )
  opened.close()
  for (const [name, bytes] of files) writeFileSync(join(where, name), bytes)
  return made
}

function fail(): never {
  throw new Error('The copy was stopped')
}
