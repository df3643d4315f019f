import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { limit, search } from './peer.mjs';

const Database = createRequire(import.meta.url)('libsql');

/** Apps and their tags in SQLite, numbered by popularity, with what any search in it needs: filters, order, facets. */
export class SqliteCatalogue {
  /** @param {string} folder @param {Iterable<import('../../../corpus/corpus.mjs').CorpusApp>} apps */
  constructor(folder, apps) {
    this.file = join(folder, 'catalogue.db');
    this.db = new Database(this.file);
    this.db.exec(`
      PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY;
      CREATE TABLE apps (rank INTEGER PRIMARY KEY, id TEXT, status TEXT, owner TEXT, weight REAL, created_at INTEGER, folded_name TEXT, text TEXT);
      CREATE TABLE tags (id INTEGER PRIMARY KEY, key TEXT, value TEXT, folded TEXT, UNIQUE (key, value));
      CREATE TABLE app_tags (tag INTEGER, app INTEGER, PRIMARY KEY (tag, app)) WITHOUT ROWID;
      CREATE TEMP TABLE hits (rank INTEGER PRIMARY KEY, score REAL)`);
    const insertApp = this.db.prepare('INSERT INTO apps VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    const insertAppTag = this.db.prepare('INSERT INTO app_tags VALUES (?, ?)');
    this.all = [...apps].sort((a, b) => b.popularity - a.popularity || (a.id < b.id ? -1 : 1));
    this.db.exec('BEGIN');
    const tagIds = new Map();
    this.all.forEach((app, rank) => {
      const owner = search.foldText(app.slug.slice(0, app.slug.indexOf('/')));
      insertApp.run(rank, app.id, app.status, owner, 1 + Math.log(1 + app.popularity), app.createdAt, tokens(app.name), ` ${textsOf(app).join(' | ')} `);
      for (const { key, value } of app.tags) {
        const text = `${key}:${value}`;
        if (!tagIds.has(text)) tagIds.set(text, this.insertTag(tagIds.size, key, value));
        insertAppTag.run(tagIds.get(text), rank);
      }
    });
    this.db.exec('COMMIT; CREATE INDEX app_tags_by_app ON app_tags (app, tag); CREATE INDEX apps_by_creation ON apps (created_at); CREATE INDEX apps_by_name ON apps (folded_name)');
    this.clear = this.db.prepare('DELETE FROM hits');
    this.count = this.db.prepare('SELECT count(*) AS total FROM hits');
    // CROSS: from what was found to its tags. To spare the sort, SQLite would walk the tags of all apps.
    this.facets = this.db.prepare('SELECT tag, count(*) AS count FROM hits CROSS JOIN app_tags ON app = rank GROUP BY tag');
    const top = (/** @type {string} */ order) => this.db.prepare(`SELECT a.id FROM hits h JOIN apps a ON a.rank = h.rank ORDER BY ${order} LIMIT ${limit}`);
    this.top = { relevance: top('h.score, h.rank'), popular: top('h.rank'), recent: top('a.created_at DESC, h.rank'), name: top('a.folded_name, h.rank') };
  }

  /** @param {number} id @param {string} key @param {string} value */
  insertTag(id, key, value) {
    this.db.prepare('INSERT INTO tags VALUES (?, ?, ?, ?)').run(id, key, value, search.foldText(value));
    return id;
  }

  /** @param {import('../../../../libs/search/src/index').SearchQuery} query @returns {{ sql: string, values: (string | null)[] }} conditions on `a`, each with AND before it */
  filters({ filters }) {
    const parts = filters.map(({ key, value, negated }) => {
      const not = negated ? 'NOT ' : '';
      if (key === 'status' || key === 'owner') return value === null ? { sql: negated ? ' AND 0' : '', values: [] } : { sql: ` AND ${not}a.${key} = ?`, values: [value] };
      const tags = `SELECT id FROM tags WHERE key = ?${value === null ? '' : ' AND folded = ?'}`;
      return { sql: ` AND a.rank ${not}IN (SELECT app FROM app_tags WHERE tag IN (${tags}))`, values: value === null ? [key] : [key, value] };
    });
    return { sql: parts.map(({ sql }) => sql).join(''), values: parts.flatMap(({ values }) => values) };
  }

  /** Fills `hits` by a SELECT of rank and score. @param {string} select @param {unknown[]} values @returns {number} how many */
  find(select, values) {
    this.clear.run();
    this.db.prepare(`INSERT INTO hits ${select}`).run(...values);
    return this.count.get().total;
  }

  /** @param {import('../../../../libs/search/src/index').SearchQuery} query @param {number} total */
  answer(query, total) {
    const ids = this.top[query.sort ?? 'relevance'].all().map((/** @type {{ id: string }} */ { id }) => id);
    return { ids, total, tags: this.facets.all().length };
  }

  bytes() {
    return statSync(this.file).size;
  }

  close() {
    this.db.close();
  }
}

/** Folded, with blanks between. @param {string} text */
export const tokens = (text) => search.tokenize(text).join(' ');

/** Name, tags, and the rest. @param {import('../../../corpus/corpus.mjs').CorpusApp} app @returns {[string, string, string]} */
export function textsOf({ name, tags, slug, description, readme }) {
  return [tokens(name), tokens(tags.map(({ key, value }) => `${key} ${value}`).join(' ')), [slug, description, readme].map(tokens).join(' ')];
}
