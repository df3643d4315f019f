import { Entity } from 'typeorm';
import { BigIntColumn, TextColumn } from '../database/columns';

/** The answer given to a client's `Idempotency-Key`. */
@Entity('idempotency_keys')
export class IdempotencyKeyEntity {
  /** Subject of the request. */
  @TextColumn({ primary: true }) scope!: string;
  @TextColumn({ primary: true }) key!: string;
  /** SHA-256 of the body, so that secrets in it are not kept. */
  @TextColumn() requestHash!: string;
  /** JSON. */
  @TextColumn() response!: string;
  @BigIntColumn() createdAt!: number;
}
