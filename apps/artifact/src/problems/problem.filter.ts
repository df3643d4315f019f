import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import { DomainError, ERROR_CODES, type ErrorCode, type Problem } from '@osiris/contracts';
import { currentTraceId, LOGGER, type Logger } from '@osiris/service-kit';
import type { FastifyReply } from 'fastify';
import { BodyInterrupted } from '../objects/measured';

/** Answers what a route throws as RFC 9457 problem details. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    // Nobody is there to read an answer.
    if (error instanceof BodyInterrupted || reply.raw.headersSent) {
      this.logger.info({ err: error }, 'A transfer was cut off');
      reply.raw.destroy();
      return;
    }
    const { code, message, retryAfterSeconds } = this.describe(error);
    const { status, title } = ERROR_CODES[code];
    const problem: Problem = {
      type: `/docs/errors#${code}`,
      title,
      status,
      detail: message,
      code,
      traceId: currentTraceId() ?? reply.request.id,
    };
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', retryAfterSeconds);
    void reply.status(status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem));
  }

  private describe(error: unknown): { code: ErrorCode; message: string; retryAfterSeconds?: number | undefined } {
    if (error instanceof DomainError) {
      if (ERROR_CODES[error.code].status >= 500) this.logger.error({ err: error }, 'A request failed');
      return error;
    }
    if (error instanceof HttpException && error.getStatus() === 404) return { code: 'NOT_FOUND', message: 'There is no such thing' };
    this.logger.error({ err: error }, 'A request failed unexpectedly');
    return { code: 'INTERNAL', message: 'Something unexpected happened' };
  }
}
