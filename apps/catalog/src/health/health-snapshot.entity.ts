import type { ServiceStatus } from '@osiris/contracts';
import { Entity } from 'typeorm';
import { BigIntColumn, IntColumn, SequenceColumn, TextColumn } from '../database/columns';

/** One look at a service's readiness. */
@Entity('health_snapshots')
export class HealthSnapshotEntity {
  @SequenceColumn() id!: number;
  @TextColumn() slug!: string;
  @TextColumn() status!: ServiceStatus;
  @TextColumn() message!: string;
  /** Until the answer; null where none came. */
  @IntColumn({ nullable: true }) latencyMs!: number | null;
  @BigIntColumn() at!: number;
}
