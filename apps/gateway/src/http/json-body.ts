import { DomainError } from '@osiris/contracts';
import type { FastifyInstance } from 'fastify';

/**
 * NATS carries at most 1 MiB a message, and a launch's body travels in one with some more around it: what is larger is
 * refused here, where the client learns why.
 */
export const BODY_LIMIT_BYTES = 768 * 1024;

/** JSON and nothing else; an empty body is none at all, whatever its type says. */
export function acceptJsonOnly(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    void parse(request, body as string, (error, value) => {
      if (error) done(new DomainError('INVALID_JSON', `The body is not JSON: ${error.message}`));
      else done(null, value);
    });
  });
}
