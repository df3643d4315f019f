import { Inject, Injectable } from '@nestjs/common';
import { LogChunk } from '@osiris/contracts';
import { LOGGER, type Logger, Nats } from '@osiris/service-kit';
import type { ConsumerMessages, JsMsg } from 'nats';
import { setTimeout as delay } from 'node:timers/promises';

/** How often a source that says nothing is asked whether it has ended: a killed worker sends no last chunk. */
const ASK_MS = 2_000;
const RETRY_MS = 500;
/** Chunks fetched ahead of a reader; each has up to 256 kB. */
const AHEAD = 8;

/** Reads the stream `LOGS`: a log from its first line, and on as it grows. */
@Injectable()
export class LiveLogs {
  constructor(
    private readonly nats: Nats,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Chunks from the first one on. After a restart of NATS it begins anew, so chunks may come twice.
   * Ends when `ended` says so or the signal is aborted.
   */
  async *follow(subject: string, ended: () => Promise<boolean>, signal: AbortSignal): AsyncGenerator<LogChunk> {
    let over = false;
    while (!over && !signal.aborted) {
      const messages = await this.consume(subject).catch((error: unknown) => {
        this.logger.debug({ err: error, subject }, 'The live log cannot be read, trying again');
        return undefined;
      });
      if (messages) {
        const stop = (): void => messages.stop();
        signal.addEventListener('abort', stop, { once: true });
        const forget = this.nats.onReconnect(stop);
        const asking = setInterval(() => {
          ended().then((is) => {
            over ||= is;
            if (is) stop();
          }, () => undefined);
        }, ASK_MS);
        try {
          for await (const message of messages) {
            const chunk = chunkOf(message);
            if (chunk) yield chunk;
          }
        } finally {
          clearInterval(asking);
          forget();
          signal.removeEventListener('abort', stop);
          messages.stop();
        }
      }
      if (!over && !signal.aborted) {
        await delay(RETRY_MS);
        over = await ended().catch(() => false);
      }
    }
  }

  /** Only the chunks that are there now. */
  async *kept(subject: string): AsyncGenerator<LogChunk> {
    const info = await this.nats.jetstreamManager().streams.info('LOGS', { subjects_filter: subject });
    if (!info.state.subjects?.[subject]) return;
    const messages = await this.consume(subject);
    try {
      for await (const message of messages) {
        const chunk = chunkOf(message);
        if (chunk) yield chunk;
        if (message.info.pending === 0) return;
      }
    } finally {
      messages.stop();
    }
  }

  private async consume(subject: string): Promise<ConsumerMessages> {
    const consumer = await this.nats.jetstream().consumers.get('LOGS', { filterSubjects: subject });
    return consumer.consume({ max_messages: AHEAD });
  }
}

function chunkOf(message: JsMsg): LogChunk | undefined {
  try {
    return LogChunk.parse(message.json());
  } catch {
    return undefined;
  }
}
