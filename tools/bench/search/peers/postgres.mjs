import { createRequire } from 'node:module';
import { join } from 'node:path';
import pg from 'pg';
import { root } from '../../../launcher/paths.mjs';
import { correctable, few, limit, partsOf, search, withinReach } from './peer.mjs';
import { textsOf, tokens } from './sqlite-catalogue.mjs';

const { startPostgres } = createRequire(import.meta.url)(join(root, 'libs/testing/dist/postgres.js'));

const schema = `
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE TABLE apps (rank int PRIMARY KEY, id text, status text, owner text, weight real, created_at bigint, folded_name text, words tsvector);
  CREATE TABLE tags (id int PRIMARY KEY, key text, value text, folded text);
  CREATE TABLE app_tags (app int, tag int)`;
const indexes = `
  CREATE INDEX ON apps USING gin (words) WITH (fastupdate = off);
  CREATE INDEX ON apps (created_at DESC); CREATE INDEX ON apps (folded_name); CREATE INDEX ON apps (owner);
  ALTER TABLE app_tags ADD PRIMARY KEY (tag, app); CREATE INDEX ON app_tags (app) INCLUDE (tag);
  CREATE TABLE terms AS SELECT word FROM ts_stat('SELECT words FROM apps') WHERE length(word) > 2;
  CREATE INDEX ON terms USING gin (word gin_trgm_ops)`;
const orders = { relevance: 'score DESC, rank', popular: 'rank', recent: 'created_at DESC, rank', name: 'folded_name COLLATE "C", rank' };
const rowsAtOnce = 2000;

const lexeme = (/** @type {string} */ token) => `'${token.replace(/[\\']/g, (sign) => sign + sign)}'`;

/**
 * PostgreSQL's full text: a weighted tsvector under GIN, ts_rank and popularity, facets by a join, misspelled words by
 * pg_trgm over the vocabulary. One statement an answer, two where a word is corrected.
 * @type {import('./peer.mjs').OpenPeer}
 */
export async function open(apps) {
  // A signal alone would not make the process exit in order, and the server would be left behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  const server = await startPostgres();
  const client = new pg.Client(await server.createDatabase());
  await client.connect();
  for (const setting of ['jit = off', "work_mem = '64MB'", "maintenance_work_mem = '256MB'", 'random_page_cost = 1.1', "effective_cache_size = '1GB'"]) await client.query(`SET ${setting}`);
  await client.query(schema);
  await load(client, apps);
  await client.query(indexes);
  await client.query('VACUUM ANALYZE');
  const { rows } = await client.query('SELECT pg_database_size(current_database()) AS bytes');

  /** @param {import('./peer.mjs').Word} word */
  const nearest = async (word) => {
    const found = await client.query({ name: 'near', text: 'SELECT word FROM terms WHERE word % $1 ORDER BY similarity(word, $1) DESC LIMIT 50', values: [word.token] });
    return withinReach(word, found.rows.map((row) => row.word));
  };
  const asked = (/** @type {import('./peer.mjs').Word} */ { token, prefix }) => lexeme(token) + (prefix ? ':*' : '');
  return {
    async search(text) {
      const query = search.parseQuery(text);
      const { words } = partsOf(query);
      const answer = await ask(client, query, words.map(asked));
      if (answer.total >= few || !words.some(correctable)) return answer;
      const corrected = [];
      for (const word of words) corrected.push(`(${[asked(word), ...(correctable(word) ? (await nearest(word)).map(lexeme) : [])].join(' | ')})`);
      return ask(client, query, corrected);
    },
    bytes: () => Number(rows[0].bytes),
    async close() {
      await client.end();
      await server.stop();
    },
  };
}

/** @param {import('pg').Client} client @param {ReturnType<typeof search.parseQuery>} query @param {string[]} words as tsquery */
async function ask(client, query, words) {
  const phrase = (/** @type {string[]} */ parts) => `(${parts.map(lexeme).join(' <-> ')})`;
  const match = [...words, ...partsOf(query).phrases.map(phrase)].join(' & ');
  /** @type {unknown[]} */
  const values = [];
  const parameter = (/** @type {unknown} */ value) => `$${values.push(value)}`;
  const tsquery = match === '' ? null : `${parameter(match)}::tsquery`;
  const conditions = [...(tsquery ? [`words @@ ${tsquery}`] : []), ...query.without.map((parts) => `NOT words @@ ${parameter(phrase(parts))}::tsquery`)];
  for (const { key, value, negated } of query.filters) {
    const not = negated ? 'NOT ' : '';
    if (key === 'status' || key === 'owner') conditions.push(value === null ? String(!negated) : `${not}${key} = ${parameter(value)}`);
    else conditions.push(`${not}EXISTS (SELECT FROM app_tags JOIN tags t ON t.id = tag WHERE app = rank AND t.key = ${parameter(key)}${value === null ? '' : ` AND t.folded = ${parameter(value)}`})`);
  }
  const text = `
    WITH hits AS MATERIALIZED (
      SELECT rank, id, created_at, folded_name, ${tsquery ? `ts_rank('{0.1, 0.2, 0.4, 1}', words, ${tsquery}) * weight` : 'weight'} AS score
      FROM apps WHERE ${conditions.join(' AND ') || 'true'})
    SELECT (SELECT count(*)::int FROM hits) AS total,
      (SELECT json_agg(id) FROM (SELECT id FROM hits ORDER BY ${orders[query.sort ?? 'relevance']} LIMIT ${limit}) AS top) AS ids,
      (SELECT json_agg(json_build_array(tag, count)) FROM (SELECT tag, count(*) FROM hits JOIN app_tags ON app = rank GROUP BY tag) AS counted) AS facets`;
  const { rows } = await client.query({ text, values });
  const [{ total, ids, facets }] = rows;
  return { ids: ids ?? [], total, tags: (facets ?? []).length };
}

/** @param {import('pg').Client} client @param {Iterable<import('../../../corpus/corpus.mjs').CorpusApp>} apps */
async function load(client, apps) {
  const all = [...apps].sort((a, b) => b.popularity - a.popularity || (a.id < b.id ? -1 : 1));
  const tagIds = new Map();
  for (let from = 0; from < all.length; from += rowsAtOnce) {
    const chunk = all.slice(from, from + rowsAtOnce);
    const texts = chunk.map(textsOf);
    await client.query(
      `INSERT INTO apps SELECT rank, id, status, owner, weight, created_at, folded_name,
         setweight(to_tsvector('simple', name), 'A') || setweight(to_tsvector('simple', tags), 'B') || setweight(to_tsvector('simple', rest), 'C')
       FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::real[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[])
         AS t(rank, id, status, owner, weight, created_at, folded_name, name, tags, rest)`,
      [
        chunk.map((_, at) => from + at), chunk.map(({ id }) => id), chunk.map(({ status }) => status), chunk.map(({ slug }) => search.foldText(slug.slice(0, slug.indexOf('/')))),
        chunk.map(({ popularity }) => 1 + Math.log(1 + popularity)), chunk.map(({ createdAt }) => createdAt), chunk.map(({ name }) => tokens(name)), ...[0, 1, 2].map((field) => texts.map((each) => each[field])),
      ],
    );
    const pairs = chunk.flatMap(({ tags }, at) => tags.map(({ key, value }) => ({ app: from + at, text: `${key}:${value}` })));
    for (const { text } of pairs) if (!tagIds.has(text)) tagIds.set(text, tagIds.size);
    await client.query('INSERT INTO app_tags SELECT * FROM unnest($1::int[], $2::int[])', [pairs.map(({ app }) => app), pairs.map(({ text }) => tagIds.get(text))]);
  }
  const tags = [...tagIds.keys()].map((text) => [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)]);
  await client.query('INSERT INTO tags SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[])', [[...tagIds.values()], tags.map(([key]) => key), tags.map(([, value]) => value), tags.map(([, value]) => search.foldText(value ?? ''))]);
}
