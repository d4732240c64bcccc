import { checksum } from '../../src/main/core/store/checksum.ts'
import { openDatabase } from '../../src/main/core/store/database.ts'
import { migrate } from '../../src/main/core/store/migrate.ts'

/**
 * A library as the Galley of schema version `version` left it: six stories, one with a journal, one in the trash, with
 * history, page and setting.
 */
export function makeLibrary(file: string, version: number): void {
  const db = openDatabase(file, 'write')
  migrate(db, version)
  const at = '2025-05-05T05:05:05.000Z'
  for (let n = 1; n <= 6; n++) {
    const fields = JSON.stringify({
      ...FIELDS_AS_WRITTEN_THEN,
      times: {
        created: { utc: at, zone: 'Asia/Dubai', origin: 'clock' },
        firstPublished: null,
        lastUpdated: null,
        release: null
      },
      headline: `Zebra ${7 - n}`,
      section: n % 2 ? 'World' : 'Home',
      extra: { kept: n }
    })
    const body = JSON.stringify({
      version: 1,
      blocks: [
        { id: 'a', type: 'paragraph', runs: [{ text: `Paragraph number ${n}` }] },
        { id: 'u', type: 'of-a-later-version', text: 'kept' }
      ]
    })
    db.raw
      .prepare(
        `INSERT INTO articles (seq, id, revision, status, headline, slugline, section, byline, language, direction, words, created_at, changed_at, change_seq)
      VALUES (?, ?, 1, ?, ?, '', ?, '', 'en', 'auto', 4, ?, ?, ?)`
      )
      .run(n, id(n), n === 6 ? 'trashed' : 'draft', `Zebra ${7 - n}`, n % 2 ? 'World' : 'Home', at, at, n)
    db.raw
      .prepare('INSERT INTO article_content (seq, revision, fields, body, sha256) VALUES (?, 1, ?, ?, ?)')
      .run(n, fields, body, checksum(fields, body))
    db.raw
      .prepare(
        `INSERT INTO revisions (seq, revision, reason, saved_at, status, headline, words, fields, body, sha256) VALUES (?, 1, 'created', ?, 'draft', ?, 4, ?, ?, ?)`
      )
      .run(n, at, `Zebra ${7 - n}`, fields, body, checksum(fields, body))
  }
  const change = JSON.stringify({ fields: { headline: 'Changed' } })
  db.raw
    .prepare(
      `INSERT INTO journal (seq, revision, change_id, kind, change, saved_at, sha256) VALUES (1, 2, 'c1', 'fields', ?, ?, ?)`
    )
    .run(change, at, checksum('2', 'c1', 'fields', change, at))
  db.raw.prepare(`UPDATE articles SET revision = 2, headline = 'Changed', change_seq = 7 WHERE seq = 1`).run()
  db.raw
    .prepare(`INSERT INTO intake_sources (seq, name, type, bytes, sha256) VALUES (2, 'page.html', 'text/html', ?, ?)`)
    .run(Buffer.from('<p>'), checksum(Buffer.from('<p>')))
  db.raw.prepare(`INSERT INTO settings (key, value) VALUES ('deskName', '"Night desk"')`).run()
  if (version >= 3) db.raw.exec('UPDATE articles SET headline_key = lower(headline)')
  db.raw.exec(`UPDATE library SET value = '7' WHERE key = 'change_seq'`)
  db.raw.close()
}

/** As 0.1.0 wrote them. Not today's helper: what it makes changes with every version. */
const FIELDS_AS_WRITTEN_THEN = {
  slug: '',
  slugline: '',
  headline: '',
  headlineShort: '',
  headlineSeo: '',
  headlineSocial: '',
  standfirst: '',
  kicker: '',
  byline: '',
  authors: [],
  source: '',
  dateline: '',
  section: '',
  keywords: [],
  mediaTopics: [],
  language: 'en',
  direction: 'auto',
  urgency: 5,
  leadImage: null,
  related: [],
  editorsNote: '',
  usageTerms: '',
  corrections: []
}

export const id = (n: number): string => `0190aaaa-0000-7000-8000-00000000000${n}`
