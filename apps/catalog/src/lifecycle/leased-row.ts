import type { ErrorCode, ErrorData } from '@osiris/contracts';
import { BigIntColumn, IntColumn, TextColumn } from '../database/columns';

/** What ingestions, builds, verifications and launches have in common: work leased to a worker, fenced by `attempt`. */
export abstract class LeasedRow {
  @TextColumn({ primary: true }) id!: string;
  @TextColumn() repositoryId!: string;
  /** Grows each time the work is enqueued anew: facts and leases of an earlier attempt count for nothing. */
  @IntColumn() attempt!: number;
  /** Message id of the job enqueued last, in the outbox. */
  @TextColumn({ nullable: true }) jobMessageId!: string | null;
  @TextColumn({ nullable: true }) leaseWorker!: string | null;
  /** Milliseconds since 1970. */
  @BigIntColumn({ nullable: true }) leaseUntil!: number | null;
  @TextColumn({ nullable: true }) errorCode!: ErrorCode | null;
  @TextColumn({ nullable: true }) errorMessage!: string | null;
}

export function errorOf(row: { errorCode: ErrorCode | null; errorMessage: string | null }): ErrorData | null {
  return row.errorCode === null ? null : { code: row.errorCode, message: row.errorMessage ?? '' };
}

export const instant = (millis: number): string => new Date(millis).toISOString();
export const instantOrNull = (millis: number | null): string | null => (millis === null ? null : instant(millis));
