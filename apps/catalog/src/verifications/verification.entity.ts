import type { VerificationStatus } from '@osiris/contracts';
import { Entity } from 'typeorm';
import { BigIntColumn, IntColumn, JsonColumn, TextColumn } from '../database/columns';
import { LeasedRow } from '../lifecycle/leased-row';

/** What was seen when a build's image was started for the first time: one of each build that has an image. */
@Entity('verifications')
export class VerificationEntity extends LeasedRow {
  @TextColumn() buildId!: string;
  @TextColumn() imageReference!: string;
  @TextColumn() status!: VerificationStatus;
  @BigIntColumn({ nullable: true }) bootMs!: number | null;
  @BigIntColumn({ nullable: true }) memoryBytes!: number | null;
  @IntColumn({ nullable: true }) port!: number | null;
  /** 1: it bears a root file system that cannot be written to. */
  @IntColumn({ nullable: true }) readOnlyRoot!: number | null;
  @TextColumn({ nullable: true }) screenshotArtifactId!: string | null;
  @JsonColumn() lastLines!: string[];
  @BigIntColumn() createdAt!: number;
  @BigIntColumn({ nullable: true }) endedAt!: number | null;
}
