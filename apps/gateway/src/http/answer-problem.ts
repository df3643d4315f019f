import { NotFoundException } from '@nestjs/common';
import { DomainError } from '@osiris/contracts';
import type { Logger } from '@osiris/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { allowedMethods } from './allowed-methods';
import { drained } from './drain';
import { PROBLEM_TYPE, problemOf } from './problem';
import { traceIdOf } from './trace.hook';

/** Answers whatever was thrown; what was not foreseen is logged with its stack. */
export function answerProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  const traceId = traceIdOf(request);
  const { problem, headers, unexpected } = problemOf(orWrongMethod(thrown, request, reply), traceId);
  if (unexpected) {
    logger.error({ err: thrown, traceId, method: request.method, path: request.url.split('?', 1)[0] }, 'A request failed unexpectedly');
  }
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  void reply.status(problem.status).headers(headers).header('cache-control', 'no-store').type(PROBLEM_TYPE);
  const send = (): void => void reply.send(JSON.stringify(problem));
  if (problem.code === 'BODY_TOO_LARGE') void drained(request.raw).then(send);
  else send();
}

/** A router says "not found" of a known path with another method too. */
function orWrongMethod(thrown: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
  if (!(thrown instanceof NotFoundException)) return thrown;
  const methods = allowedMethods(request.url);
  if (methods.length === 0) return thrown;
  void reply.header('allow', methods.join(', '));
  return new DomainError('METHOD_NOT_ALLOWED', `This address takes ${methods.join(', ')}.`);
}
