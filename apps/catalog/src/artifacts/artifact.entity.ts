import type { ArtifactKind } from '@osiris/contracts';
import { Entity } from 'typeorm';
import { BigIntColumn, TextColumn } from '../database/columns';

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
  @BigIntColumn() bytes!: number;
  @TextColumn() sha256!: string;
  @BigIntColumn() createdAt!: number;
}
