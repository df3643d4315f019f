import { search } from './peer.mjs';
import { SqliteCatalogue } from './sqlite-catalogue.mjs';

const pattern = (/** @type {string} */ text) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** `LIKE '%word%'` over the texts of each app, the most popular first. @type {import('./peer.mjs').OpenPeer} */
export function open(apps, folder) {
  const catalogue = new SqliteCatalogue(folder, apps);
  catalogue.all = [];
  catalogue.db.exec('ANALYZE');
  return {
    search(text) {
      const query = search.parseQuery(text);
      const filters = catalogue.filters(query);
      const wanted = query.texts.flatMap(({ tokens, phrase }) => (phrase ? [` ${tokens.join(' ')} `] : tokens));
      const unwanted = query.without.map((tokens) => ` ${tokens.join(' ')} `);
      const likes = [...wanted.map(() => " AND a.text LIKE ? ESCAPE '\\'"), ...unwanted.map(() => " AND a.text NOT LIKE ? ESCAPE '\\'")];
      const total = catalogue.find(`SELECT a.rank, 0 FROM apps a WHERE 1${filters.sql}${likes.join('')}`, [...filters.values, ...[...wanted, ...unwanted].map(pattern)]);
      return catalogue.answer(query, total);
    },
    bytes: () => catalogue.bytes(),
    close: () => catalogue.close(),
  };
}
