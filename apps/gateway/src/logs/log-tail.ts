import type { LogChunk } from '@osiris/contracts';
import { logText } from '@osiris/contracts';

/** A later attempt began while an earlier one's lines were being read: what was sent is not what will be stored. */
export class LogRestarted extends Error {
  override readonly name = 'LogRestarted';
}

/** Turns chunks, which may overlap after a reconnect, into each line once and in order. */
export class LogTail {
  private attempt = 0;
  private emitted = false;
  private hole = false;

  /** @param sent number of the last line that the reader has already. */
  constructor(private sent: number) {}

  get lastLine(): number {
    return this.sent;
  }

  /** Lines are missing (NATS lost them): only the stored log can go on from here. */
  get broken(): boolean {
    return this.hole;
  }

  /** @throws LogRestarted */
  accept(chunk: LogChunk): string {
    if (chunk.attempt < this.attempt) return '';
    if (chunk.attempt > this.attempt) {
      if (this.emitted) throw new LogRestarted(`Attempt ${chunk.attempt} writes this log anew`);
      this.attempt = chunk.attempt;
    }
    const fresh = chunk.lines.filter(({ seq }) => seq > this.sent);
    const first = fresh[0];
    if (first && first.seq !== this.sent + 1) this.hole = true;
    const last = fresh.at(-1);
    if (this.hole || !last) return '';
    this.sent = last.seq;
    this.emitted = true;
    return logText(fresh);
  }
}

/** The bytes after the first `count` lines. */
export async function* bytesAfterLines(source: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const bytes of source) {
    let from = 0;
    while (left > 0) {
      const end = bytes.indexOf(0x0a, from);
      if (end < 0) break;
      left -= 1;
      from = end + 1;
    }
    if (left === 0 && from < bytes.length) yield bytes.subarray(from);
  }
}
