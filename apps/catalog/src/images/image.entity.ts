import { Entity } from 'typeorm';
import { BigIntColumn, TextColumn } from '../database/columns';

/** What a succeeded build left on the engine. */
@Entity('images')
export class ImageEntity {
  @TextColumn({ primary: true }) buildId!: string;
  @TextColumn() repositoryId!: string;
  @TextColumn() reference!: string;
  @TextColumn() digest!: string;
  @BigIntColumn() bytes!: number;
  @BigIntColumn() createdAt!: number;
}
