import type { ArtifactKind, ContentEncoding } from '@osiris/contracts';
import { Entity } from 'typeorm';
import type { z } from 'zod';
import { BigIntColumn, TextColumn } from '../database/columns';

type ArtifactEncoding = z.infer<typeof ContentEncoding>;

/** Metadata of an object in the object store. */
@Entity('artifacts')
export class ArtifactEntity {
  @TextColumn({ primary: true }) id!: string;
  @TextColumn() kind!: ArtifactKind;
  @TextColumn() repositoryId!: string;
  @TextColumn({ nullable: true }) ingestionId!: string | null;
  @TextColumn({ nullable: true }) buildId!: string | null;
  @TextColumn({ nullable: true }) launchId!: string | null;
  @TextColumn() objectKey!: string;
  @TextColumn() contentType!: string;
  /** How the stored bytes are compressed. */
  @TextColumn({ nullable: true }) contentEncoding!: ArtifactEncoding | null;
  @BigIntColumn() bytes!: number;
  @TextColumn() sha256!: string;
  @BigIntColumn() createdAt!: number;
}
