import { correctable, few, partsOf, search, withinReach } from './peer.mjs';
import { SqliteCatalogue, textsOf } from './sqlite-catalogue.mjs';

const quoted = (/** @type {string} */ text) => `"${text.replaceAll('"', '""')}"`;

/**
 * SQLite FTS5 with prefix indexes, ranked by bm25 and popularity; facets by a join; misspelled words by a trigram index
 * over the vocabulary.
 * @type {import('./peer.mjs').OpenPeer}
 */
export function open(apps, folder) {
  const catalogue = new SqliteCatalogue(folder, apps);
  const { db } = catalogue;
  db.exec(`
    CREATE VIRTUAL TABLE search USING fts5(name, tags, rest, content = '', prefix = '1 2 3', tokenize = "unicode61 remove_diacritics 2");
    CREATE VIRTUAL TABLE vocabulary USING fts5vocab(search, row);
    CREATE VIRTUAL TABLE terms USING fts5(term, tokenize = "trigram");
    BEGIN`);
  const insert = db.prepare('INSERT INTO search (rowid, name, tags, rest) VALUES (?, ?, ?, ?)');
  catalogue.all.forEach((app, rank) => insert.run(rank, ...textsOf(app)));
  catalogue.all = [];
  db.exec(`
    INSERT INTO terms SELECT term FROM vocabulary WHERE length(term) > 2;
    COMMIT; INSERT INTO search(search) VALUES ('optimize'); INSERT INTO terms(terms) VALUES ('optimize'); ANALYZE`);
  const alike = db.prepare('SELECT term FROM terms WHERE terms MATCH ? ORDER BY rank LIMIT 50').pluck();

  /** @param {import('./peer.mjs').Word} word @returns {string[]} */
  const nearest = (word) => {
    const trigrams = Array.from({ length: word.token.length - 2 }, (_, at) => quoted(word.token.slice(at, at + 3)));
    return withinReach(word, alike.all(trigrams.join(' OR ')));
  };
  const asked = (/** @type {import('./peer.mjs').Word} */ { token, prefix }) => quoted(token) + (prefix ? ' *' : '');
  const corrected = (/** @type {import('./peer.mjs').Word} */ word) => `(${[asked(word), ...(correctable(word) ? nearest(word).map(quoted) : [])].join(' OR ')})`;

  /** @param {ReturnType<typeof search.parseQuery>} query @param {(word: import('./peer.mjs').Word) => string} write */
  const find = (query, write) => {
    const { words, phrases } = partsOf(query);
    const match = [...words.map(write), ...phrases.map((tokens) => quoted(tokens.join(' ')))].join(' AND ');
    const filters = catalogue.filters(query);
    const without = query.without.map((tokens) => quoted(tokens.join(' ')));
    const values = [...filters.values, ...without];
    const tail = filters.sql + without.map(() => ' AND a.rank NOT IN (SELECT rowid FROM search WHERE search MATCH ?)').join('');
    if (match === '') return catalogue.find(`SELECT a.rank, 0 FROM apps a WHERE 1${tail}`, values);
    return catalogue.find(`SELECT a.rank, bm25(search, 10, 4, 1) * a.weight FROM search JOIN apps a ON a.rank = search.rowid WHERE search MATCH ?${tail}`, [match, ...values]);
  };
  return {
    search(text) {
      const query = search.parseQuery(text);
      let total = find(query, asked);
      if (total < few && partsOf(query).words.some(correctable)) total = find(query, corrected);
      return catalogue.answer(query, total);
    },
    bytes: () => catalogue.bytes(),
    close: () => catalogue.close(),
  };
}
