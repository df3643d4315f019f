import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { acceptsGzip } from '../http/accepts-gzip';
import { LOG_TYPES, type LogFormat } from './log-format';
import type { LogRequest, OpenLog } from './logs.service';

export interface LogAnswer {
  after: number;
  format: LogFormat;
  /** The file's name without its ending, where it is to be kept as a file. */
  filename?: string | undefined;
}

const ENDINGS: Record<LogFormat, string> = { text: 'log', ndjson: 'ndjson' };

/**
 * Streams a log. The headers go at once, also where the first line is a long time coming; a log that breaks off ends
 * the connection in the middle, so that nobody takes a part for the whole.
 * @throws what `open` throws, while it can still be answered as a problem.
 */
export async function answerLog(
  request: FastifyRequest,
  reply: FastifyReply,
  { after, format, filename }: LogAnswer,
  open: (request: LogRequest) => Promise<OpenLog>,
): Promise<void> {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const { body, gzip } = await open({ after, format, acceptsGzip: acceptsGzip(request.headers['accept-encoding']), signal: gone.signal });
  void reply.type(LOG_TYPES[format]).headers({
    'cache-control': 'no-cache',
    vary: 'accept-encoding',
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    ...(filename ? { 'content-disposition': `attachment; filename="${filename}.${ENDINGS[format]}"` } : {}),
  });
  if (request.method === 'HEAD') {
    gone.abort();
    void reply.send();
    return;
  }
  reply.hijack();
  reply.raw.writeHead(200, reply.getHeaders() as Record<string, string>);
  reply.raw.flushHeaders();
  await pipeline(Readable.from(body, { objectMode: false }), reply.raw).catch(() => reply.raw.destroy());
}
