import { limit, search } from './peer.mjs';

const batchSize = 500;

/** This hub's own: libs/search in this thread; built in another, as the catalog builds it, so that its memory is that of the index alone. @type {import('./peer.mjs').OpenPeer} */
export async function open(apps) {
  /** @type {import('../../../../libs/search/src/index').SearchIndex | undefined} */
  let index;
  const build = new search.IndexBuild(async ({ segment }) => {
    index = new search.SearchIndex(segment ? search.unpackSegment(segment) : undefined);
    return index.stats();
  });
  let batch = [];
  for (const app of apps) {
    batch.push(app);
    if (batch.length < batchSize) continue;
    await build.add(batch);
    batch = [];
  }
  await build.add(batch);
  await build.finish();
  const built = /** @type {import('../../../../libs/search/src/index').SearchIndex} */ (index);
  return {
    search(text) {
      const { ids, total, facets } = built.search(search.parseQuery(text), { sort: 'relevance', limit });
      return { ids, total, tags: facets.reduce((sum, { values }) => sum + values.length, 0) };
    },
    bytes: () => built.stats().bytes,
    close() {},
  };
}
