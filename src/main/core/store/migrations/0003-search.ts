import { headlineKey } from '../headline-key.ts'
import type { Migration } from './migration.ts'

/**
 * The library list at any size, and full-text search.
 *
 * List indexes: one for each sort that also holds what filters look at, so that skipping rows never touches the table,
 * and one for each filter, for those that hold few stories. `article_counts` keeps the totals, by triggers that only
 * fire when a story changes its place in it.
 *
 * The search index keeps no text of its own: rows come from `articles`, snippets from the story as it is. Its rowid is
 * the change that was indexed (`articles.indexed_seq`), so newest first is the order of its rowids and costs the same
 * for common words as for rare ones.
 */
export const search: Migration = {
  number: 3,
  name: 'search',
  up: `
    ALTER TABLE articles ADD COLUMN headline_key TEXT NOT NULL DEFAULT '';

    DROP INDEX articles_changed;
    CREATE UNIQUE INDEX articles_by_change ON articles (change_seq, status, section, language);
    CREATE INDEX articles_by_creation ON articles (seq, status, section, language);
    CREATE INDEX articles_by_headline ON articles (headline_key, seq, status, section, language);
    CREATE INDEX articles_by_words ON articles (words, seq, status, section, language);
    CREATE INDEX articles_section ON articles (section);
    CREATE INDEX articles_language ON articles (language);
    CREATE INDEX articles_indexed ON articles (indexed_seq, status, section, language);

    CREATE TABLE article_counts (
      status TEXT NOT NULL,
      section TEXT NOT NULL,
      language TEXT NOT NULL,
      stories INTEGER NOT NULL,
      PRIMARY KEY (status, section, language)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO article_counts (status, section, language, stories)
      SELECT status, section, language, count(*) FROM articles GROUP BY status, section, language;

    CREATE TRIGGER articles_counted_in AFTER INSERT ON articles BEGIN
      INSERT INTO article_counts (status, section, language, stories) VALUES (new.status, new.section, new.language, 1)
        ON CONFLICT (status, section, language) DO UPDATE SET stories = stories + 1;
    END;
    CREATE TRIGGER articles_counted_out AFTER DELETE ON articles BEGIN
      UPDATE article_counts SET stories = stories - 1 WHERE status = old.status AND section = old.section AND language = old.language;
      DELETE FROM article_counts WHERE status = old.status AND section = old.section AND language = old.language AND stories <= 0;
      DELETE FROM search WHERE rowid = old.indexed_seq;
    END;
    CREATE TRIGGER articles_counted_over AFTER UPDATE OF status, section, language ON articles
    WHEN (old.status, old.section, old.language) IS NOT (new.status, new.section, new.language) BEGIN
      UPDATE article_counts SET stories = stories - 1 WHERE status = old.status AND section = old.section AND language = old.language;
      DELETE FROM article_counts WHERE status = old.status AND section = old.section AND language = old.language AND stories <= 0;
      INSERT INTO article_counts (status, section, language, stories) VALUES (new.status, new.section, new.language, 1)
        ON CONFLICT (status, section, language) DO UPDATE SET stories = stories + 1;
    END;

    CREATE VIRTUAL TABLE search USING fts5(
      headline, standfirst, names, captions, body,
      content = '', contentless_delete = 1, prefix = '2 3',
      tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
    );
    UPDATE articles SET indexed_seq = 0;
  `,
  fill(db) {
    const set = db.raw.prepare('UPDATE articles SET headline_key = ? WHERE seq = ?')
    for (const row of db.raw.prepare<[], { seq: number; headline: string }>('SELECT seq, headline FROM articles').all())
      set.run(headlineKey(row.headline), row.seq)
  }
}
