import { StringDecoder } from 'node:string_decoder';

/** Longest text of one log line, in bytes of UTF-8. */
export const MAX_LINE_BYTES = 16 * 1024;

/** Cuts a text so that no piece is longer than `maxBytes` in UTF-8 and no character is torn. */
export function cutLine(text: string, maxBytes = MAX_LINE_BYTES): string[] {
  // A UTF-16 unit is at most three bytes: short texts need no counting.
  if (text.length * 3 <= maxBytes || Buffer.byteLength(text) <= maxBytes) return [text];
  const bytes = Buffer.from(text);
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(start + maxBytes, bytes.length);
    while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
    pieces.push(bytes.toString('utf8', start, end));
    start = end;
  }
  return pieces;
}

/** What a terminal would show of a line in the end: progress bars overwrite themselves with carriage returns. */
function afterCarriageReturns(line: string): string {
  const text = line.replace(/\r+$/, '');
  return text.slice(text.lastIndexOf('\r') + 1);
}

/**
 * Joins chunks of output into lines: partial lines wait for their end, characters torn between chunks are put
 * together, of a line that overwrites itself (`\r`) only the last state stays, long lines are cut.
 */
export class LineSplitter {
  private readonly decoder = new StringDecoder('utf8');
  private partial = '';

  /** @returns the lines that the chunk completes, without line breaks */
  push(chunk: Uint8Array): string[] {
    return this.pushText(this.decoder.write(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)));
  }

  /** `push` of what is text already. Chunks of both kinds are not to be mixed: characters would be torn. */
  pushText(chunk: string): string[] {
    const parts = (this.partial + chunk).split('\n');
    this.partial = parts.pop() ?? '';
    const lines = parts.flatMap((part) => cutLine(afterCarriageReturns(part)));
    if (this.partial.length > MAX_LINE_BYTES) {
      // A progress bar forgets its past; anything else that never ends its line is cut here.
      const shown = afterCarriageReturns(this.partial);
      const pieces = cutLine(shown);
      this.partial = (pieces.pop() ?? '') + (this.partial.endsWith('\r') ? '\r' : '');
      lines.push(...pieces);
    }
    return lines;
  }

  /** What is left without a line break at the end of the output. */
  end(): string[] {
    const rest = afterCarriageReturns(this.partial + this.decoder.end());
    this.partial = '';
    return rest === '' ? [] : cutLine(rest);
  }
}
