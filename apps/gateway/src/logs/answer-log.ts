import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LogText } from './logs.service';

/**
 * Streams a log. The headers go at once, also where the first line is a long time coming; a log that breaks off ends
 * the connection in the middle, so that nobody takes a part for the whole.
 * @throws what `open` throws, while it can still be answered as a problem.
 */
export async function answerLog(
  request: FastifyRequest,
  reply: FastifyReply,
  open: (signal: AbortSignal) => Promise<LogText>,
): Promise<void> {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const text = await open(gone.signal);
  void reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache');
  if (request.method === 'HEAD') {
    void reply.send();
    return;
  }
  reply.hijack();
  reply.raw.writeHead(200, reply.getHeaders() as Record<string, string>);
  reply.raw.flushHeaders();
  await pipeline(Readable.from(text, { objectMode: false }), reply.raw).catch(() => reply.raw.destroy());
}
