import { SearchIndex } from '../index/search-index';
import { parseQuery } from '../query/parse-query';
import { packSegment, unpackSegment } from './pack';
import { SegmentWriter } from './segment-writer';

it('is the same index on the other side', () => {
  const writer = new SegmentWriter();
  for (let at = 0; at < 50; at++) {
    writer.add({
      id: `app_${at}`,
      slug: `owner${at % 3}/app-${at}`,
      name: at === 7 ? '' : `Name ${at} straße`,
      description: `words of ${at}`,
      readme: '',
      tags: at % 2 ? [{ key: 'topic', value: `Größe ${at % 5}` }] : [],
      status: at % 4 ? 'ready' : 'failed',
      popularity: at % 6,
      createdAt: at,
    });
  }
  const segment = writer.finish();
  const received = structuredClone(packSegment(segment));
  // Jest's realm has a SharedArrayBuffer of its own.
  expect(Object.prototype.toString.call(received.names.values.buffer)).toBe('[object SharedArrayBuffer]');
  const [here, there] = [new SearchIndex(segment), new SearchIndex(unpackSegment(received))];
  for (const q of ['', 'name', 'strasse', 'straßw', 'owner:owner1', 'status:failed', 'topic:*', 'words -topic:"große 1"']) {
    for (const sort of ['relevance', 'popular', 'recent', 'name'] as const) {
      expect(there.search(parseQuery(q), { sort, limit: 100 })).toEqual(here.search(parseQuery(q), { sort, limit: 100 }));
    }
  }
});
