import { authorTags } from '../authored/author-tags';
import { InvalidDocument, type PositionedValue, valueAt } from '../authored/positioned-value';
import { readDocument } from '../authored/read-document';
import type { Reader, Reading } from './reader';

const NAMES = /^tags\.(ya?ml|json)$/i;

/** `tags.yaml`, `tags.yml` or `tags.json` at the root: what the author says, as a map, a list or nested ones. */
export const tagFileReader: Reader = {
  name: 'tag-file',
  wants: ({ files }) => files.map(({ path }) => path).filter((path) => NAMES.test(path)).slice(0, 1),
  read(contents): Reading {
    const [entry] = contents;
    if (!entry) return {};
    const [path, { text }] = entry;
    try {
      return authorTags(path, unwrapped(readDocument(path, text)));
    } catch (error) {
      if (!(error instanceof InvalidDocument)) throw error;
      return { warnings: [{ code: 'MANIFEST_INVALID', message: error.message, path, line: error.line }] };
    }
  },
};

/** `{ tags: … }` alone says the same as what it holds. */
function unwrapped(value: PositionedValue): PositionedValue {
  return (value.type === 'map' && value.entries.length === 1 && valueAt(value, 'tags')) || value;
}
