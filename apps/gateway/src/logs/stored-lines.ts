import type { LogLine } from '@osiris/contracts';

const LINE_FEED = 0x0a;
/** Of a line that is made of text: what a LogLine may hold. */
const MAX_LINE_CHARACTERS = 16 * 1024;
/** As many characters of UTF-8 take no more. */
const MAX_LINE_BYTES = 4 * MAX_LINE_CHARACTERS;

/** The bytes after the first `count` lines, whatever form these have: none of what is skipped is kept. */
export async function* bytesAfterLines(source: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const bytes of source) {
    let from = 0;
    while (left > 0) {
      const end = bytes.indexOf(LINE_FEED, from);
      if (end < 0) break;
      left -= 1;
      from = end + 1;
    }
    if (left === 0 && from < bytes.length) yield bytes.subarray(from);
  }
}

/**
 * Lines of a log that was stored as text alone, by a version of the hub that kept no more: numbered from 1, all of them
 * printed at `at`, as far as anybody knows.
 */
export async function* linesOfText(source: AsyncIterable<Uint8Array>, at: string): AsyncGenerator<LogLine[]> {
  let seq = 0;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  const hold = (part: Uint8Array): void => {
    const kept = part.subarray(0, Math.max(0, MAX_LINE_BYTES - heldBytes));
    if (kept.length > 0) held.push(kept);
    heldBytes += kept.length;
  };
  const take = (): LogLine => {
    const text = Buffer.concat(held).toString().slice(0, MAX_LINE_CHARACTERS);
    held = [];
    heldBytes = 0;
    return { seq: (seq += 1), at, stream: 'stdout', text };
  };
  for await (const bytes of source) {
    const lines: LogLine[] = [];
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
      hold(bytes.subarray(from, end));
      lines.push(take());
      from = end + 1;
    }
    if (from < bytes.length) hold(bytes.subarray(from));
    if (lines.length > 0) yield lines;
  }
  if (held.length > 0) yield [take()];
}
