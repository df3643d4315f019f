import { Injectable } from '@nestjs/common';
import { isNotFound, Nats } from '@osiris/service-kit';
import type { OutboxEntity } from '../outbox/outbox.entity';

const FACTS_CONSUMER = 'catalog';

export type PublishedJob = Pick<OutboxEntity, 'messageId' | 'streamSeq'>;

/** Whether a job that was published is still in NATS, and whether all it may have led to has arrived here; takes jobs back. */
@Injectable()
export class JobTraces {
  constructor(private readonly nats: Nats) {}

  /** When the stream of jobs was made: another time means that NATS came back empty. @throws where NATS is away */
  async streamCreatedAt(): Promise<string> {
    return String((await this.nats.jetstreamManager().streams.info('JOBS')).created);
  }

  /** False where it was acknowledged, or lost with an emptied NATS. @throws where NATS is away */
  async exists({ messageId, streamSeq }: PublishedJob): Promise<boolean> {
    if (streamSeq === null) return false;
    try {
      const message = await this.nats.jetstreamManager().streams.getMessage('JOBS', { seq: streamSeq });
      // A new stream counts from 1 again: the same number may be another job.
      return message.header.get('Nats-Msg-Id') === messageId;
    } catch (error) {
      if (isNotFound(error) || /no message found/i.test(String(error))) return false;
      throw error;
    }
  }

  /** Takes it out of the queue and overwrites it there, for nothing else of it is to remain. @throws where NATS is away */
  async erase(job: PublishedJob): Promise<void> {
    if (job.streamSeq === null || !(await this.exists(job))) return;
    try {
      await this.nats.jetstreamManager().streams.deleteMessage('JOBS', job.streamSeq, true);
    } catch (error) {
      // Acknowledged in this instant.
      if (!isNotFound(error) && !/no message found/i.test(String(error))) throw error;
    }
  }

  /**
   * True where every fact that NATS has is applied. A worker publishes its facts before it acknowledges its job: a job
   * gone before this was true has left no word that could still come.
   * @throws where NATS is away
   */
  async allFactsApplied(): Promise<boolean> {
    const { num_pending, num_ack_pending } = await this.nats.jetstreamManager().consumers.info('FACTS', FACTS_CONSUMER);
    return num_pending === 0 && num_ack_pending === 0;
  }
}
