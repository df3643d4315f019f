import type { StreamName } from '@osiris/contracts';
import { AckPolicy, type Consumer, DeliverPolicy, nanos } from 'nats';
import { isNotFound, type Nats } from './nats';

export interface DurableOptions {
  stream: StreamName;
  durable: string;
  filterSubject: string;
  ackWaitMs: number;
  maxAckPending: number;
}

/**
 * Finds or creates a durable pull consumer. Deliveries are not bounded here: the service counts them itself, because a
 * server-side limit drops a message in silence.
 */
export async function durableConsumer(nats: Nats, options: DurableOptions): Promise<Consumer> {
  const manager = nats.jetstreamManager();
  const config = {
    durable_name: options.durable,
    filter_subject: options.filterSubject,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(options.ackWaitMs),
    max_deliver: -1,
    max_ack_pending: options.maxAckPending,
  };
  try {
    await manager.consumers.info(options.stream, options.durable);
    await manager.consumers.update(options.stream, options.durable, { ack_wait: config.ack_wait, max_ack_pending: config.max_ack_pending });
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await nats.ensureStreams();
    await manager.consumers.add(options.stream, config);
  }
  return nats.jetstream().consumers.get(options.stream, options.durable);
}
