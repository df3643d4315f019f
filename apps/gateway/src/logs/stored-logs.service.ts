import { Injectable } from '@nestjs/common';
import { artifactLog, DomainError } from '@osiris/contracts';
import type { z } from 'zod';
import { StoredObjects } from '../artifacts/stored-objects.service';
import { formatLines, type LogFormat } from './log-format';
import { bytesAfterLines, linesOfText } from './stored-lines';

type FoundLog = Pick<z.output<typeof artifactLog.output>, 'artifactId' | 'linesArtifactId'>;

/** Logs as the artifact store has them: as text, and as lines where the build's worker stored those too. */
@Injectable()
export class StoredLogs {
  constructor(private readonly objects: StoredObjects) {}

  /**
   * The lines after a number, streamed; undefined where none was stored. Compressed as it is stored where that is
   * accepted and the whole log is asked for.
   * @throws DomainError STORE_UNAVAILABLE
   */
  async open(
    { artifactId, linesArtifactId }: FoundLog,
    after: number,
    { format, acceptsGzip, signal }: { format: LogFormat; acceptsGzip: boolean; signal: AbortSignal },
  ): Promise<{ body: AsyncIterable<Uint8Array>; gzip: boolean } | undefined> {
    const id = format === 'ndjson' ? (linesArtifactId ?? artifactId) : artifactId;
    if (id === null) return undefined;
    const { artifact, url } = await this.objects.signed(id).catch((error: unknown) => {
      // Past its time and removed between the two questions.
      if (error instanceof DomainError && error.code === 'NOT_FOUND') return { artifact: undefined, url: '' };
      throw error;
    });
    if (!artifact) return undefined;
    const fromText = format === 'ndjson' && id === artifactId;
    const { body, gzip } = await this.objects.readStored(url, { asStored: acceptsGzip && after === 0 && !fromText, signal });
    if (gzip) return { body, gzip };
    const whole = fromText ? ndjsonOf(body, artifact.createdAt) : body;
    return { body: bytesAfterLines(whole, after), gzip: false };
  }
}

async function* ndjsonOf(text: AsyncIterable<Uint8Array>, at: string): AsyncGenerator<Uint8Array> {
  for await (const lines of linesOfText(text, at)) yield Buffer.from(formatLines(lines, 'ndjson'));
}
