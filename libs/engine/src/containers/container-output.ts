import { Transform, type TransformCallback } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

export interface OutputLine {
  stream: 'stdout' | 'stderr';
  /** Without the line break. */
  text: string;
}

/** Longest line passed on, in characters: longer ones are cut into several. */
export const MAX_LINE_LENGTH = 16_000;
const HEADER_BYTES = 8;
const STDERR = 2;

/**
 * Turns the engine's multiplexed log (frames of 1 byte stream, 3 zero bytes, 4 bytes big-endian length, then as many
 * bytes; Docker Engine API, "Stream format") into lines. Objects come out; frames and characters may be cut anywhere.
 */
export class OutputLines extends Transform {
  private pending: Buffer = Buffer.alloc(0);
  private readonly sides = { stdout: new LineSplitter(), stderr: new LineSplitter() };

  constructor() {
    super({ writableObjectMode: false, readableObjectMode: true, readableHighWaterMark: 1024 });
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    let data = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    while (data.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + data.readUInt32BE(4);
      if (data.length < end) break;
      const stream = data[0] === STDERR ? 'stderr' : 'stdout';
      for (const text of this.sides[stream].push(data.subarray(HEADER_BYTES, end))) this.push({ stream, text });
      data = data.subarray(end);
    }
    this.pending = data;
    callback();
  }

  override _flush(callback: TransformCallback): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      for (const text of this.sides[stream].end()) this.push({ stream, text });
    }
    callback();
  }
}

class LineSplitter {
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';

  push(bytes: Buffer): string[] {
    return this.take(this.decoder.write(bytes), false);
  }

  end(): string[] {
    return this.take(this.decoder.end(), true);
  }

  private take(text: string, last: boolean): string[] {
    const parts = (this.rest + text).split('\n');
    this.rest = parts.pop() ?? '';
    const lines = parts.flatMap((line) => cut(line.endsWith('\r') ? line.slice(0, -1) : line));
    if (last && this.rest !== '') lines.push(...cut(this.rest));
    else if (this.rest.length > MAX_LINE_LENGTH) {
      // A line that never ends must not fill the memory.
      const pieces = cut(this.rest);
      this.rest = pieces.pop() ?? '';
      lines.push(...pieces);
    }
    return lines;
  }
}

function cut(line: string): string[] {
  if (line.length <= MAX_LINE_LENGTH) return [line];
  const pieces: string[] = [];
  for (let at = 0; at < line.length; at += MAX_LINE_LENGTH) pieces.push(line.slice(at, at + MAX_LINE_LENGTH));
  return pieces;
}
