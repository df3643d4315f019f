import { Readable } from 'node:stream';
import { partsOf } from './parts';

async function cut(chunks: string[], size: number): Promise<string[]> {
  const parts: string[] = [];
  for await (const part of partsOf(Readable.from(chunks.map((chunk) => Buffer.from(chunk)), { objectMode: false }), size)) parts.push(part.toString());
  return parts;
}

describe('partsOf', () => {
  it.each([
    [[], []],
    [['ab'], ['ab']],
    [['abcd'], ['abcd']],
    [['a', 'b', 'c', 'd', 'e'], ['abcd', 'e']],
    [['abcdefghij'], ['abcd', 'efgh', 'ij']],
    [['abc', 'defgh'], ['abcd', 'efgh']],
  ])('cuts %j into %j', async (chunks, parts) => {
    expect(await cut(chunks, 4)).toEqual(parts);
  });
});
