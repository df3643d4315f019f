import { DomainError } from '@osiris/contracts';
import type { Logger } from '@osiris/service-kit';
import type { FastifyInstance } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { answerProblem } from '../http/answer-problem';
import { type HostPolicy, isOwnHost, isOwnOrigin } from './hosts';
import { COMMON_HEADERS, INERT_POLICY } from './security-headers';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Keeps foreign web pages out: a name that is not the hub's (DNS rebinding), and changes that a browser makes for a
 * page of another origin. Previews are other origins too.
 * @throws DomainError FORBIDDEN.
 */
export function checkSite(policy: HostPolicy, headers: IncomingHttpHeaders, changes: boolean): void {
  if (!isOwnHost(policy, headers.host)) {
    throw new DomainError('FORBIDDEN', 'The hub does not go by this host name. Where it should, name it in PUBLIC_HOST.');
  }
  const foreign = !isOwnOrigin(headers.origin, headers.host) || headers['sec-fetch-site'] === 'cross-site';
  if (changes && foreign) throw new DomainError('FORBIDDEN', 'Pages of another origin may not change this hub.');
}

export function guardSite(fastify: FastifyInstance, policy: HostPolicy, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(COMMON_HEADERS).header('content-security-policy', INERT_POLICY);
    try {
      checkSite(policy, request.headers, !SAFE.has(request.method));
      done();
    } catch (error) {
      // Answered here: not every route has the problem filter (health has none).
      answerProblem(error, request, reply, logger);
    }
  });
}
