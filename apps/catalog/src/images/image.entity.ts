import type { ImageConfig } from '@osiris/contracts';
import { Entity } from 'typeorm';
import { BigIntColumn, JsonColumn, TextColumn } from '../database/columns';

/** What a succeeded build left on the engine. */
@Entity('images')
export class ImageEntity {
  @TextColumn({ primary: true }) buildId!: string;
  @TextColumn() repositoryId!: string;
  @TextColumn() reference!: string;
  @TextColumn() digest!: string;
  @BigIntColumn() bytes!: number;
  @JsonColumn({ nullable: true }) config!: ImageConfig | null;
  /** When housekeeping took it away. */
  @BigIntColumn({ nullable: true }) removedAt!: number | null;
  @BigIntColumn() createdAt!: number;
}
