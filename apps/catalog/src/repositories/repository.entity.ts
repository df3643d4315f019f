import type { BuildArgs, DockerfileChoice, ErrorCode, IngestionWarning, IngestStatus, Media } from '@osiris/contracts';
import { Entity } from 'typeorm';
import { BigIntColumn, IntColumn, JsonColumn, TextColumn } from '../database/columns';

/** A registered git repository: what the API calls an app. */
@Entity('repositories')
export class RepositoryEntity {
  @TextColumn({ primary: true }) id!: string;
  /** `owner/name`, unique. */
  @TextColumn() slug!: string;
  /** What makes two registrations the same: public URL, ref and Dockerfile path as asked for. Unique. */
  @TextColumn() identity!: string;
  /** Without credentials. */
  @TextColumn() publicUrl!: string;
  /** Secret where the URL has credentials: goes into jobs only. */
  @TextColumn() fetchUrl!: string;
  @TextColumn({ nullable: true }) askedRef!: string | null;
  @TextColumn({ nullable: true }) askedDockerfilePath!: string | null;
  /** Stage of the Dockerfile that is built; null: the last one. */
  @TextColumn({ nullable: true }) buildTarget!: string | null;
  @JsonColumn() buildArgs!: BuildArgs;
  /** What the last ingestion found. */
  @TextColumn({ nullable: true }) foundRef!: string | null;
  @TextColumn({ nullable: true }) foundDockerfilePath!: string | null;

  /** What is shown: the curator's word before the author's, before the slug. */
  @TextColumn() name!: string;
  @TextColumn() description!: string;
  @TextColumn({ nullable: true }) curatedName!: string | null;
  @TextColumn({ nullable: true }) curatedDescription!: string | null;
  @TextColumn({ nullable: true }) ingestedName!: string | null;
  @TextColumn({ nullable: true }) ingestedDescription!: string | null;
  @TextColumn({ nullable: true }) readmeSummary!: string | null;
  @JsonColumn() media!: Media[];
  @IntColumn({ nullable: true }) port!: number | null;
  /** Where the app says that it is well, with a leading "/". */
  @TextColumn({ nullable: true }) healthPath!: string | null;
  /** The commit that the entry was read from: a later one that could not be read does not count. */
  @TextColumn({ nullable: true }) commitSha!: string | null;
  /** Version of the readers that read it. */
  @TextColumn({ nullable: true }) readBy!: string | null;
  @JsonColumn() ingestWarnings!: IngestionWarning[];
  @JsonColumn({ nullable: true }) dockerfileChoice!: DockerfileChoice | null;

  @TextColumn() ingestStatus!: IngestStatus;
  @TextColumn({ nullable: true }) errorCode!: ErrorCode | null;
  @TextColumn({ nullable: true }) errorMessage!: string | null;
  /** Deliveries of the current ingestion's job to a worker. */
  @IntColumn() ingestAttempts!: number;
  /** The ingestion that speaks for the app; earlier ones are history. */
  @TextColumn({ nullable: true }) ingestionId!: string | null;
  @BigIntColumn({ nullable: true }) lastIngestedAt!: number | null;

  /** `repositoryKey` of the URL; null for imported apps. */
  @TextColumn({ nullable: true }) repositoryKey!: string | null;
  /** When it is looked at whether the repository has a newer commit; null: never (imported apps). */
  @BigIntColumn({ nullable: true }) nextCheckAt!: number | null;
  @BigIntColumn({ nullable: true }) checkedAt!: number | null;
  /** The look whose answer is waited for. */
  @TextColumn({ nullable: true }) checkId!: string | null;
  /** Looks in a row that brought nothing new: the more, the longer until the next. */
  @IntColumn() quietChecks!: number;
  /** The commit that was last tried, read well or not: the same one is not tried again and again. */
  @TextColumn({ nullable: true }) attemptedCommitSha!: string | null;

  /** 1: a curator wants it warm. */
  @IntColumn() pinned!: number;
  @IntColumn() launchCount!: number;
  @BigIntColumn() createdAt!: number;
  @BigIntColumn() updatedAt!: number;
}
