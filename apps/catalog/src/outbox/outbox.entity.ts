import { Column, Entity } from 'typeorm';
import { BigIntColumn, SequenceColumn, TextColumn } from '../database/columns';

/**
 * A job or an event that was decided together with a change, on its way to NATS. An event's `id` is its sequence. `held`:
 * a job that is not to be sent yet.
 */
@Entity('outbox')
export class OutboxEntity {
  @SequenceColumn() id!: number;
  @Column({ type: 'text' }) kind!: 'job' | 'event' | 'held';
  @TextColumn() subject!: string;
  /** `Nats-Msg-Id`. */
  @TextColumn() messageId!: string;
  /** Id of the ingestion, build, launch or app it is about. */
  @TextColumn() owner!: string;
  /** JSON. A launch's variables are blanked once they have served. */
  @TextColumn() payload!: string;
  @TextColumn({ nullable: true }) traceparent!: string | null;
  @BigIntColumn() createdAt!: number;
  @BigIntColumn({ nullable: true }) publishedAt!: number | null;
  /** Sequence in its JetStream stream. */
  @BigIntColumn({ nullable: true }) streamSeq!: number | null;
}

/** Facts already applied: a redelivered one changes nothing. */
@Entity('inbox')
export class InboxEntity {
  @TextColumn({ primary: true }) messageId!: string;
  @BigIntColumn() appliedAt!: number;
}

/** Small things the catalog remembers over restarts. */
@Entity('hub_state')
export class HubStateEntity {
  @TextColumn({ primary: true }) name!: string;
  @TextColumn() value!: string;
}
