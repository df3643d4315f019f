import type { LaunchProfile, LaunchStatus } from '@osiris/contracts';
import { Column, Entity } from 'typeorm';
import { BigIntColumn, IntColumn, TextColumn } from '../database/columns';
import { LeasedRow } from '../lifecycle/leased-row';

/** One run of an image. The variables given to it are not here: they live in the job alone, until it has run. */
@Entity('launches')
export class LaunchEntity extends LeasedRow {
  @TextColumn() buildId!: string;
  @TextColumn() imageReference!: string;
  @TextColumn() status!: LaunchStatus;
  @Column({ type: 'text', nullable: true }) stopReason!: 'stopped' | 'expired' | 'idle' | null;
  @TextColumn() profile!: LaunchProfile;
  /** Which runner has the container. */
  @TextColumn({ nullable: true }) runnerId!: string | null;
  @TextColumn({ nullable: true }) containerId!: string | null;
  @IntColumn({ nullable: true }) port!: number | null;
  @IntColumn({ nullable: true }) exitCode!: number | null;
  @BigIntColumn() createdAt!: number;
  @BigIntColumn({ nullable: true }) startedAt!: number | null;
  @BigIntColumn({ nullable: true }) endedAt!: number | null;
  @BigIntColumn() expiresAt!: number;
  @BigIntColumn({ nullable: true }) queuedMs!: number | null;
  @BigIntColumn({ nullable: true }) startMs!: number | null;
  @BigIntColumn({ nullable: true }) readyMs!: number | null;
  /** 1 where it took a seat, 0 where its container was started for it; null until it runs. */
  @IntColumn({ nullable: true }) warm!: number | null;
  /** When it ends for want of use, milliseconds since 1970; null where it does not. Counts while it runs. */
  @BigIntColumn({ nullable: true }) idleAt!: number | null;
  /** How often somebody had it started anew. */
  @IntColumn() restarts!: number;
  /** When it began to wait for a runner: made, or started anew. */
  @BigIntColumn({ nullable: true }) queuedAt!: number | null;
}
