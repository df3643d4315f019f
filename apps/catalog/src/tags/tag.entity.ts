import type { Tag } from '@osiris/contracts';
import { Column, Entity } from 'typeorm';
import { IntColumn, SequenceColumn, TextColumn } from '../database/columns';

@Entity('tags')
export class TagEntity {
  @SequenceColumn() id!: number;
  @TextColumn() key!: string;
  @TextColumn() value!: string;
}

/** That an app has a tag, once per source that says so. */
@Entity('repository_tags')
export class RepositoryTagEntity {
  @TextColumn({ primary: true }) repositoryId!: string;
  @IntColumn({ primary: true }) tagId!: number;
  @TextColumn({ primary: true }) source!: Tag['source'];
  /** File and rule that gave it. */
  @TextColumn({ name: 'said_by' }) from!: string;
  /** How sure that rule is, above 0 up to 1; null where nobody guessed. */
  @Column({ type: 'real', nullable: true }) confidence!: number | null;
}
