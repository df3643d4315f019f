import { Readable } from 'node:stream';
import { StreamReader } from './stream-reader';

const reader = (...chunks: string[]): StreamReader => new StreamReader(Readable.from(chunks.map((chunk) => Buffer.from(chunk)), { objectMode: true }));

describe('StreamReader', () => {
  it.each([[['ab\ncdefgh\nrest']], [['a', 'b\nc', 'd', 'efg', 'h\nre', 'st']]])('does not mind how the bytes arrive: %j', async (chunks) => {
    const stream = reader(...chunks);
    expect(await stream.line()).toBe('ab');
    expect((await stream.take(2)).toString()).toBe('cd');
    await stream.skip(5);
    expect((await stream.take(4)).toString()).toBe('rest');
  });

  it('says that the stream has ended too soon', async () => {
    await expect(reader('no newline').line()).rejects.toThrow('too soon');
    await expect(reader('abc').take(4)).rejects.toThrow('too soon');
    await expect(reader('abc').skip(4)).rejects.toThrow('too soon');
  });

  it('waits for no line without an end', async () => {
    await expect(reader('x'.repeat(20_000), 'y'.repeat(20_000)).line()).rejects.toThrow('without an end');
  });
});
