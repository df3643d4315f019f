import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError, IdempotencyKey } from '@osiris/contracts';
import type { FastifyRequest } from 'fastify';

/** Injects the `Idempotency-Key` header: undefined where there is none. @throws DomainError VALIDATION_FAILED. */
export const IdempotencyKeyHeader = createParamDecorator((_data: unknown, context: ExecutionContext): string | undefined => {
  const key = IdempotencyKey.safeParse(context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key']);
  if (key.success) return key.data;
  throw new DomainError('VALIDATION_FAILED', 'The Idempotency-Key header holds 1 to 200 characters.', {
    errors: [{ path: 'Idempotency-Key', message: '1 to 200 characters' }],
  });
});
