import { authorNames } from '../../../../shared/intake/author-names.ts'
import { upgradeFields } from '../../../../shared/story/upgrade.ts'
import type { SqliteDb } from '../sql.ts'
import type { Migration } from './migration.ts'

/**
 * The list by author and by the day a story was made, with counts; and stories that were deleted for good.
 *
 * `articles.authors` is a JSON list of names, which triggers take apart: `article_authors` finds the stories of one, and
 * `author_counts` is to authors what `article_counts` is to the list.
 *
 * A story that was deleted on purpose is in `erased`, so that one the mark beside the database still knows of is not
 * told as lost. It leaves when the story comes back.
 */
export const filters: Migration = {
  number: 8,
  name: 'filters',
  up: `
    ALTER TABLE articles ADD COLUMN authors TEXT NOT NULL DEFAULT '[]';
    CREATE INDEX articles_by_day ON articles (created_at, status, section, language);

    CREATE TABLE article_authors (
      name TEXT NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (name, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE author_counts (
      name TEXT NOT NULL,
      status TEXT NOT NULL,
      section TEXT NOT NULL,
      language TEXT NOT NULL,
      stories INTEGER NOT NULL,
      PRIMARY KEY (name, status, section, language)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER authors_counted_in AFTER INSERT ON articles WHEN new.authors <> '[]' BEGIN
      INSERT INTO article_authors (name, seq) SELECT DISTINCT value, new.seq FROM json_each(new.authors);
      INSERT INTO author_counts (name, status, section, language, stories)
        SELECT DISTINCT value, new.status, new.section, new.language, 1 FROM json_each(new.authors) WHERE true
        ON CONFLICT (name, status, section, language) DO UPDATE SET stories = stories + 1;
    END;
    CREATE TRIGGER authors_counted_out AFTER DELETE ON articles WHEN old.authors <> '[]' BEGIN
      DELETE FROM article_authors WHERE seq = old.seq AND name IN (SELECT value FROM json_each(old.authors));
      UPDATE author_counts SET stories = stories - 1
        WHERE name IN (SELECT value FROM json_each(old.authors)) AND status = old.status AND section = old.section AND language = old.language;
      DELETE FROM author_counts
        WHERE name IN (SELECT value FROM json_each(old.authors)) AND status = old.status AND section = old.section AND language = old.language AND stories <= 0;
    END;
    CREATE TRIGGER authors_counted_over AFTER UPDATE OF status, section, language, authors ON articles
    WHEN (old.authors <> '[]' OR new.authors <> '[]')
      AND (old.status, old.section, old.language, old.authors) IS NOT (new.status, new.section, new.language, new.authors) BEGIN
      DELETE FROM article_authors WHERE seq = old.seq AND name IN (SELECT value FROM json_each(old.authors));
      UPDATE author_counts SET stories = stories - 1
        WHERE name IN (SELECT value FROM json_each(old.authors)) AND status = old.status AND section = old.section AND language = old.language;
      DELETE FROM author_counts
        WHERE name IN (SELECT value FROM json_each(old.authors)) AND status = old.status AND section = old.section AND language = old.language AND stories <= 0;
      INSERT INTO article_authors (name, seq) SELECT DISTINCT value, new.seq FROM json_each(new.authors);
      INSERT INTO author_counts (name, status, section, language, stories)
        SELECT DISTINCT value, new.status, new.section, new.language, 1 FROM json_each(new.authors) WHERE true
        ON CONFLICT (name, status, section, language) DO UPDATE SET stories = stories + 1;
    END;

    CREATE TABLE erased (id TEXT PRIMARY KEY, erased_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TRIGGER articles_not_erased AFTER INSERT ON articles BEGIN
      DELETE FROM erased WHERE id = new.id;
    END;
  `,
  fill(db) {
    indexAnew(db)
    const set = db.raw.prepare('UPDATE articles SET authors = ? WHERE seq = ?')
    const changes = db.raw.prepare<[number], { change: string }>(
      `SELECT change FROM journal WHERE seq = ? AND kind = 'fields' ORDER BY revision`
    )
    for (const { seq, fields } of storedFields(db)) {
      try {
        let now = JSON.parse(fields) as Record<string, unknown>
        for (const { change } of changes.all(seq))
          now = { ...now, ...(JSON.parse(change) as { fields?: Record<string, unknown> }).fields }
        const names = authorNames(upgradeFields(now))
        if (names.length > 0) set.run(JSON.stringify(names), seq)
      } catch {
        // A damaged story is reported when it is opened; the list does without its authors.
      }
    }
  }
}

/** Stories whose fields are in memory at once: those of a whole library may be gigabytes. */
const PAGE = 200

function* storedFields(db: SqliteDb): Generator<{ readonly seq: number; readonly fields: string }> {
  const next = db.raw.prepare<[number, number], { seq: number; fields: string }>(
    'SELECT seq, fields FROM article_content WHERE seq > ? ORDER BY seq LIMIT ?'
  )
  for (let last = 0; ;) {
    const page = next.all(last, PAGE)
    yield* page
    if (page.length < PAGE) return
    last = page.at(-1)?.seq ?? last
  }
}

/**
 * Search finds the slug as well, so each story is to be read into the index anew. All of them are counted as changed, in
 * their order: until its turn comes, a story is found by what the index has of it.
 */
function indexAnew(db: SqliteDb): void {
  const counter = db.raw
    .prepare<[], { top: number }>(
      `SELECT max(CAST(value AS INTEGER), (SELECT coalesce(max(change_seq), 0) FROM articles)) AS top
       FROM library WHERE key = 'change_seq'`
    )
    .get()
  if (!counter) return
  db.raw.prepare('UPDATE articles SET change_seq = change_seq + ?').run(counter.top)
  db.raw.prepare(`UPDATE library SET value = ? WHERE key = 'change_seq'`).run(String(counter.top * 2))
}
