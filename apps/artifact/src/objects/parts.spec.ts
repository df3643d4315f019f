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

  it('loses no byte where the first part grows, and where pieces span parts', async () => {
    const bytes = Buffer.from(Array.from({ length: 1_000_003 }, (_value, index) => (index * 7919) % 251));
    const chunks = [bytes.subarray(0, 10), bytes.subarray(10, 70_000), bytes.subarray(70_000, 900_001), bytes.subarray(900_001)];
    const parts: Buffer[] = [];
    for await (const part of partsOf(Readable.from(chunks, { objectMode: false }), 300_000)) parts.push(part);
    expect(parts.map(({ length }) => length)).toEqual([300_000, 300_000, 300_000, 100_003]);
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  });
});
