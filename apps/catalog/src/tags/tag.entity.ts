import type { Tag } from '@osiris/contracts';
import { Entity } from 'typeorm';
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
  @TextColumn({ name: 'said_by' }) from!: string;
}
