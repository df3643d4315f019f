import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, type RequestDefinition } from '@osiris/contracts';
import { Database, type Transaction } from '../database/database';
import { IdempotencyKeyEntity } from './idempotency-key.entity';

/** JSON with sorted keys: the same body hashes alike however its keys are ordered. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Does what a client asks once per `Idempotency-Key`, and answers a repetition as it answered the first time. */
@Injectable()
export class Idempotency {
  constructor(private readonly database: Database) {}

  /**
   * Runs `work` in a write transaction, of which the remembered answer is a part.
   * @throws DomainError IDEMPOTENCY_KEY_REUSED where the key came with another body before
   */
  async write<T>(
    definition: RequestDefinition,
    input: { idempotencyKey?: string | undefined },
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    const { idempotencyKey: key, ...body } = input;
    return this.database.write(async (tx) => {
      if (key === undefined) return work(tx);
      const scope = definition.subject;
      const requestHash = createHash('sha256').update(canonical(body)).digest('hex');
      const known = await tx.manager.findOneBy(IdempotencyKeyEntity, { scope, key });
      if (known) {
        if (known.requestHash === requestHash) return JSON.parse(known.response) as T;
        throw new DomainError('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key came with another body before. Use a new key for a new request.');
      }
      const result = await work(tx);
      await tx.manager.insert(IdempotencyKeyEntity, { scope, key, requestHash, response: JSON.stringify(result), createdAt: tx.now });
      return result;
    });
  }
}
