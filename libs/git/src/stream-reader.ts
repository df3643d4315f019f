import type { Readable } from 'node:stream';

const NEWLINE = 10;
/** Longer than any line that is waited for. */
const MAX_LINE_BYTES = 16_384;

/** Takes lines and counted bytes from a stream, holding no more of it than the chunk under way and what is asked for. */
export class StreamReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The text up to the next newline. @throws Error where the stream ends first, or the line is longer than lines are */
  async line(): Promise<string> {
    for (let end = this.rest.indexOf(NEWLINE); ; end = this.rest.indexOf(NEWLINE)) {
      if (end >= 0) {
        const line = this.rest.subarray(0, end).toString();
        this.rest = this.rest.subarray(end + 1);
        return line;
      }
      if (this.rest.length > MAX_LINE_BYTES) throw new Error('A line without an end');
      this.rest = Buffer.concat([this.rest, await this.chunk()]);
    }
  }

  /** Exactly so many bytes. @throws Error where the stream ends first */
  async take(bytes: number): Promise<Buffer> {
    const taken = Buffer.allocUnsafe(bytes);
    for (let filled = 0; filled < bytes; ) {
      if (this.rest.length === 0) this.rest = await this.chunk();
      const part = this.rest.subarray(0, bytes - filled);
      part.copy(taken, filled);
      filled += part.length;
      this.rest = this.rest.subarray(part.length);
    }
    return taken;
  }

  /** Passes over so many bytes. @throws Error where the stream ends first */
  async skip(bytes: number): Promise<void> {
    for (let left = bytes; left > 0; ) {
      if (this.rest.length === 0) this.rest = await this.chunk();
      const passed = Math.min(left, this.rest.length);
      left -= passed;
      this.rest = this.rest.subarray(passed);
    }
  }

  private async chunk(): Promise<Buffer> {
    const { done, value } = await this.chunks.next();
    if (done) throw new Error('The stream ended too soon');
    return value;
  }
}
