import type { BuildStatus } from '@osiris/contracts';
import { Entity } from 'typeorm';
import { BigIntColumn, IntColumn, JsonColumn, TextColumn } from '../database/columns';
import { LeasedRow } from '../lifecycle/leased-row';

@Entity('builds')
export class BuildEntity extends LeasedRow {
  @TextColumn() status!: BuildStatus;
  @TextColumn() commitSha!: string;
  @TextColumn() dockerfilePath!: string;
  /** TCP ports the image exposes. */
  @JsonColumn() ports!: number[];
  @BigIntColumn() logBytes!: number;
  @IntColumn() logLines!: number;
  @TextColumn({ nullable: true }) logArtifactId!: string | null;
  @BigIntColumn() queuedAt!: number;
  @BigIntColumn({ nullable: true }) startedAt!: number | null;
  @BigIntColumn({ nullable: true }) completedAt!: number | null;
  @BigIntColumn({ nullable: true }) durationMs!: number | null;
}
