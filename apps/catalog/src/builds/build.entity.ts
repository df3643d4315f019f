import type { BaseImage, BuildArgs, BuildFailure, BuildStatus } from '@osiris/contracts';
import { Entity } from 'typeorm';
import { BigIntColumn, IntColumn, JsonColumn, TextColumn } from '../database/columns';
import { LeasedRow } from '../lifecycle/leased-row';

@Entity('builds')
export class BuildEntity extends LeasedRow {
  @TextColumn() status!: BuildStatus;
  @TextColumn() commitSha!: string;
  @TextColumn() dockerfilePath!: string;
  /** Stage of the Dockerfile; null: the last one. */
  @TextColumn({ nullable: true }) target!: string | null;
  @JsonColumn() args!: BuildArgs;
  /** 1: every step anew, whatever is there already. */
  @IntColumn() noCache!: number;
  /** `inputsKey` of commit, Dockerfile, target and arguments. */
  @TextColumn({ nullable: true }) inputsKey!: string | null;
  /** The build of the same inputs whose end it shares. Stays where that one's failure became its own: there is its log. */
  @TextColumn({ nullable: true }) watches!: string | null;
  /** The build whose image it took over. */
  @TextColumn({ nullable: true }) reusedBuildId!: string | null;
  /** When its job was last sent out. Without a job, and watching none, a pending build waits for its turn. */
  @BigIntColumn({ nullable: true }) dispatchedAt!: number | null;
  @JsonColumn({ nullable: true }) failure!: BuildFailure | null;
  /** What the names of the images that it began with stood for. */
  @JsonColumn({ nullable: true }) bases!: BaseImage[] | null;
  /** TCP ports the image exposes. */
  @JsonColumn() ports!: number[];
  @BigIntColumn() logBytes!: number;
  @IntColumn() logLines!: number;
  @TextColumn({ nullable: true }) logArtifactId!: string | null;
  /** The same log as lines. */
  @TextColumn({ nullable: true }) logLinesArtifactId!: string | null;
  @BigIntColumn() queuedAt!: number;
  @BigIntColumn({ nullable: true }) startedAt!: number | null;
  @BigIntColumn({ nullable: true }) completedAt!: number | null;
  @BigIntColumn({ nullable: true }) durationMs!: number | null;
}
