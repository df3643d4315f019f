import { DomainError } from '@osiris/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { PROBLEM_TYPE, problemOf } from '../http/problem';
import { traceIdOf } from '../http/trace.hook';
import { forwardHttp } from '../previews/forward-http';
import { COMMON_HEADERS, INERT_POLICY } from '../security/security-headers';
import type { StoredObjects } from './stored-objects.service';

/** What an object's answer may say; everything else the artifact service says concerns nobody outside. */
const PASSED = new Set(['content-type', 'content-encoding', 'vary', 'content-length', 'content-range', 'content-disposition', 'accept-ranges', 'etag', 'last-modified', 'cache-control', 'expires']);
const ASKED = new Set(['accept-encoding', 'range', 'if-range', 'if-none-match', 'if-modified-since', 'accept']);

/** `/objects/…`: the folder store's signed URLs, streamed through with ranges. The signature is the artifact service's to check. */
export function serveObjects(fastify: FastifyInstance, objects: StoredObjects): void {
  fastify.route({
    method: ['GET', 'HEAD'],
    url: '/objects/*',
    handler: (request, reply) => {
      reply.hijack();
      forwardHttp(request.raw, reply.raw, {
        ...objects.folder,
        path: request.url,
        headers: [...picked(request.raw, ASKED), 'Host', `127.0.0.1:${objects.folder.port}`, 'traceparent', request.traceparent],
        answerHeaders: (answer) => [...picked(answer, PASSED), ...inert()],
        onUnreachable: () => answerUnavailable(request, reply),
      });
    },
  });
}

function picked(message: IncomingMessage, names: ReadonlySet<string>): string[] {
  return message.rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && names.has(name.toLowerCase()) ? [name, message.rawHeaders[index + 1] ?? ''] : [],
  );
}

/** Objects are made from strangers' repositories and stand on the hub's own origin: none may act as a page of it. */
function inert(): string[] {
  return Object.entries({ ...COMMON_HEADERS, 'content-security-policy': INERT_POLICY }).flat();
}

function answerUnavailable(request: FastifyRequest, reply: FastifyReply): void {
  const error = new DomainError('STORE_UNAVAILABLE', 'The artifact service does not answer. Try again in a moment.');
  const { problem, headers } = problemOf(error, traceIdOf(request));
  reply.raw.writeHead(problem.status, { ...headers, 'content-type': PROBLEM_TYPE }).end(JSON.stringify(problem));
}
