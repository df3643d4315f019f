import { median, table } from '../report.mjs';

/** @typedef {import('./search.mjs').SizeResult} SizeResult @typedef {import('./measure.mjs').Percentiles} Percentiles */

const own = 'index-in-process';
const titles = /** @type {Record<string, string>} */ ({ 'index-in-process': 'this index, in-process', 'sqlite-fts5': 'SQLite FTS5', postgres: 'PostgreSQL full text', 'sqlite-like': "LIKE '%word%'" });
/** Asked for by the issue that ordered the search, at 100,000 apps and at a million. */
const wanted = /** @type {Record<number, Record<string, string>>} */ ({
  100_000: { p99: '≤ 2', one: '≤ 8', many: '≤ 40', build: '≤ 4 s', ready: '≤ 8 s', memory: '≤ 350 MB', hit: '≥ .85', keys: '≤ 100' },
  1_000_000: { p99: '≤ 10', memory: '≤ 500 MB' },
});

const ms = (/** @type {number} */ value) => (value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0));
const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
const share = (/** @type {number | null} */ value) => (value === null ? '' : value.toFixed(3).replace(/^0/, ''));
const count = (/** @type {number} */ value) => value.toLocaleString('en');

/** @param {import('./search.mjs').PeerResult | undefined} index */
const detailOf = (index) => (index ? `${index.runs.map(({ p99 }) => ms(p99)).join(', ')}; ${ms(index.least.p99)} by the quickest run of each query` : '');

/** Two Markdown tables for each size: who answers how quickly, and what the hub does. @param {SizeResult[]} sizes */
export function searchTables(sizes) {
  return sizes.map((size) => [`${count(size.apps)} apps, ${size.queries} queries (ms; median of three runs)`, '', comparison(size), ...(size.hub ? ['', hubTable(size)] : aloneTable(size))].join('\n')).join('\n\n');
}

/** @param {SizeResult} size */
function comparison({ peers, hub }) {
  const reference = peers[own]?.median;
  const row = (/** @type {string} */ title, /** @type {Percentiles} */ { p50, p95, p99 }, /** @type {string[]} */ rest) => [title, ms(p50), ms(p95), ms(p99), `${(p99 / (reference?.p99 ?? NaN)).toFixed(1)} ×`, ...rest];
  const rows = Object.entries(peers).map(([name, peer]) =>
    row(`${titles[name] ?? name}${peer.every > 1 ? ` (one query of ${peer.every})` : ''}`, peer.median, [share(peer.hitAt20), `${(peer.buildMs / 1000).toFixed(1)} s`, `${megabytes(peer.bytes)} ${name === own ? 'in memory' : 'on disk'}`]),
  );
  const throughGateway = hub
    ? [row('this index, gateway, 1 client', hub.gateway.one, [share(hub.hitAt20), '', `${Math.round(hub.gateway.one.perSecond)} a second`]), row('this index, gateway, 20 clients', hub.gateway.many, ['', '', `${Math.round(hub.gateway.many.perSecond)} a second`])]
    : [];
  return table([['answers', 'p50', 'p95', 'p99', 'p99 to this', 'typo hit@20', 'build', 'index'], ...rows.slice(0, 1), ...throughGateway, ...rows.slice(1)]);
}

/** @param {SizeResult} size */
function hubTable({ apps, peers, hub }) {
  if (!hub) return '';
  const want = wanted[apps] ?? {};
  const index = peers[own];
  const postgres = peers.postgres;
  const keys = hub.keystrokes;
  return table([
    ['measured', 'figure', 'wanted', 'detail'],
    ['index alone, p99', `${ms(index?.median.p99 ?? NaN)} ms`, want.p99 ?? '', detailOf(index)],
    ["PostgreSQL's p99 to that", `${((postgres?.median.p99 ?? NaN) / (index?.median.p99 ?? NaN)).toFixed(0)} ×`, want.p99 ? '≥ 50 ×' : '', ''],
    ['gateway, 1 client, p99', `${ms(hub.gateway.one.p99)} ms`, want.one ?? '', hub.gateway.runs.one.map((run) => ms(run.percentiles.p99)).join(', ')],
    ['gateway, 20 clients, p99', `${ms(hub.gateway.many.p99)} ms`, want.many ?? '', hub.gateway.runs.many.map((run) => ms(run.percentiles.p99)).join(', ')],
    ['typo hit@20', share(hub.hitAt20), want.hit ?? '', ''],
    ['index build', `${((index?.buildMs ?? NaN) / 1000).toFixed(1)} s`, want.build ?? '', `${megabytes(index?.residentBytes ?? NaN)} more resident`],
    ['catalog: process start until ready', `${median(hub.readySeconds).toFixed(1)} s`, want.ready ?? '', hub.readySeconds.map((value) => value.toFixed(1)).join(', ')],
    ['catalog, resident', megabytes(hub.catalogBytes.afterLoad ?? NaN), want.memory ?? '', `${megabytes(hub.catalogBytes.settled ?? NaN)} before the queries`],
    ['a change until it is found', `${ms(hub.visibleMs.sinceAnswer.p50)} ms`, '≤ 100', `p99 ${ms(hub.visibleMs.sinceAnswer.p99)} after its answer, ${ms(hub.visibleMs.sinceSent.p99)} after it was sent`],
    ['key down until results are painted, p95', keys ? `${ms(keys.p95)} ms` : 'no Chromium', want.keys ?? '', keys ? `p50 ${ms(keys.p50)}, ${keys.keys} keys${keys.missed > 0 ? `, ${keys.missed} without a new result` : ''}` : ''],
    ['seeding', `${(hub.seeding.ms / 1000).toFixed(0)} s`, '', `${Math.round(apps / (hub.seeding.ms / 1000))} apps a second`],
  ]);
}

/** @param {SizeResult} size */
function aloneTable({ apps, peers }) {
  const index = peers[own];
  const want = wanted[apps] ?? {};
  if (!index) return [];
  return ['', table([
    ['measured', 'figure', 'wanted', 'detail'],
    ['index alone, p99', `${ms(index.median.p99)} ms`, want.p99 ?? '', detailOf(index)],
    ['memory', megabytes(index.bytes), want.memory ?? '', `${megabytes(index.residentBytes)} more resident`],
    ['index build', `${(index.buildMs / 1000).toFixed(1)} s`, '', ''],
  ])];
}
