import { isTraceparent, newTraceparent, runWithTrace } from '@osiris/service-kit';
import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** W3C trace context under which this request's work runs. */
    traceparent: string;
  }
}

export function traceIdOf(request: FastifyRequest): string {
  return request.traceparent.slice(3, 35);
}

/** Takes the caller's trace on with a span of our own, or begins one. */
export function continuedTrace(header: unknown): string {
  return isTraceparent(header) ? `${header.slice(0, 36)}${randomBytes(8).toString('hex')}${header.slice(52)}` : newTraceparent();
}

/** Accepts `traceparent`, answers `traceresponse` and `x-request-id`, and runs the work under it. */
export function traceRequests(fastify: FastifyInstance): void {
  fastify.decorateRequest('traceparent', '');
  fastify.addHook('onRequest', (request, reply, done) => {
    request.traceparent = continuedTrace(request.headers['traceparent']);
    void reply.header('traceresponse', request.traceparent).header('x-request-id', traceIdOf(request));
    runWithTrace(request.traceparent, done);
  });
  // Reading a body leaves the first context: the socket's events run in the connection's own.
  fastify.addHook('preValidation', (request, _reply, done) => runWithTrace(request.traceparent, done));
}
