import { limit, search } from './peer.mjs';

/** This hub's own: libs/search in the same thread. @type {import('./peer.mjs').OpenPeer} */
export function open(apps) {
  const writer = new search.SegmentWriter();
  for (const app of apps) writer.add(app);
  const index = new search.SearchIndex(writer.finish());
  return {
    search(text) {
      const { ids, total, facets } = index.search(search.parseQuery(text), { sort: 'relevance', limit });
      return { ids, total, tags: facets.reduce((sum, { values }) => sum + values.length, 0) };
    },
    bytes: () => index.stats().bytes,
    close() {},
  };
}
