import type { ErrorCode, IngestionUpdate } from '@osiris/contracts';
import { Entity } from 'typeorm';
import { BigIntColumn, IntColumn, SequenceColumn, TextColumn } from '../database/columns';
import { LeasedRow } from '../lifecycle/leased-row';
import type { IngestionState } from './ingestion.machine';

/** One reading of a repository, from the registration or retry that asked for it to its end. */
@Entity('ingestions')
export class IngestionEntity extends LeasedRow {
  @TextColumn() status!: IngestionState;
  @TextColumn() phase!: IngestionUpdate['phase'];
  /** How often a worker began. */
  @IntColumn() deliveries!: number;
  @TextColumn({ nullable: true }) commitSha!: string | null;
  @BigIntColumn() queuedAt!: number;
  @BigIntColumn({ nullable: true }) startedAt!: number | null;
  @BigIntColumn({ nullable: true }) completedAt!: number | null;
}

/** Each step of an ingestion, as people read it in the history. Never changed once written. */
@Entity('ingestion_events')
export class IngestionEventEntity {
  @SequenceColumn() id!: number;
  @TextColumn() ingestionId!: string;
  @TextColumn() repositoryId!: string;
  @TextColumn() status!: IngestionState;
  @TextColumn() phase!: IngestionUpdate['phase'];
  @TextColumn() message!: string;
  @IntColumn() attempt!: number;
  @TextColumn({ nullable: true }) commitSha!: string | null;
  @TextColumn({ nullable: true }) errorCode!: ErrorCode | null;
  @IntColumn({ nullable: true }) durationMs!: number | null;
  @BigIntColumn() at!: number;
}
