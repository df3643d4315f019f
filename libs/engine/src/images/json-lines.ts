import type { Readable } from 'node:stream';

/** In bytes: an engine's own objects are far below, and what is not must not fill the memory. */
const MAX_OBJECT = 64 * 1024 * 1024;
const LINE_FEED = 0x0a;

/** The JSON objects of a stream that holds one per line. @throws SyntaxError where a line is not JSON; Error where one does not end */
export async function* jsonLines<T>(stream: Readable): AsyncGenerator<T> {
  let pieces: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      const line = pieces.length === 0 ? chunk.toString('utf8', start, end).trim() : textOf([...pieces, chunk.subarray(start, end)]);
      pieces = [];
      length = 0;
      start = end + 1;
      if (line !== '') yield JSON.parse(line) as T;
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > MAX_OBJECT) throw new Error(`An object of the engine's answer is longer than ${MAX_OBJECT} bytes`);
  }
  const rest = textOf(pieces);
  if (rest !== '') yield JSON.parse(rest) as T;
}

function textOf(pieces: readonly Buffer[]): string {
  return Buffer.concat(pieces).toString('utf8').trim();
}
