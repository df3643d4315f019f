import { type FactDefinition, jobDeadLettered } from '@osiris/contracts';
import type { Consumer, JsMsg } from 'nats';
import type { BoundHandler } from '../handler-registry';
import type { Logger } from '../logger';
import { durations } from '../metrics';
import { runWithTrace } from '../trace';
import { durableConsumer } from './durable-consumer';
import { decodeJson, messageIdOf, type Nats } from './nats';

const PULL_EXPIRES_MS = 2_500;
const BATCH = 64;
const ACK_WAIT_MS = 30_000;
/** Tries in place, so that the order holds; after them the fact is set aside so that those behind it are not stuck. */
const MAX_TRIES = 8;

const factSeconds = durations('osiris_fact_duration_seconds', 'Facts applied', ['subject', 'outcome'] as const);

/** Applies the facts one after the other, in the order of their stream. */
export class FactConsumer {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly durable: string,
    private readonly handlers: ReadonlyMap<string, BoundHandler>,
    private readonly nats: Nats,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.running = this.applyUntilStopped();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async applyUntilStopped(): Promise<void> {
    let consumer: Consumer | undefined;
    while (!this.stopping.signal.aborted) {
      try {
        consumer ??= await durableConsumer(this.nats, {
          stream: 'FACTS',
          durable: this.durable,
          filterSubject: 'facts.>',
          ackWaitMs: ACK_WAIT_MS,
          maxAckPending: BATCH,
        });
        const messages = await consumer.fetch({ max_messages: BATCH, expires: PULL_EXPIRES_MS });
        const close = (): void => messages.stop();
        this.stopping.signal.addEventListener('abort', close, { once: true });
        for await (const message of messages) {
          if (this.stopping.signal.aborted) message.nak();
          else await runWithTrace(message.headers?.get('traceparent'), () => this.apply(message));
        }
        this.stopping.signal.removeEventListener('abort', close);
      } catch (error) {
        consumer = undefined;
        this.logger.debug({ err: error }, 'Pulling facts failed, trying again');
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  private async apply(message: JsMsg): Promise<void> {
    const { subject } = message;
    const handler = this.handlers.get(subject);
    const decoded = decodeJson(message.data);
    const parsed = 'value' in decoded ? (handler?.definition as FactDefinition | undefined)?.schema.safeParse(decoded.value) : undefined;
    if (!handler || !parsed?.success) {
      this.logger.error({ subject, err: parsed?.error }, 'A fact is unknown or does not fit its schema, set aside');
      message.term();
      return;
    }
    const messageId = messageIdOf(message);
    for (let attempt = 1; ; attempt++) {
      const done = factSeconds.startTimer({ subject });
      try {
        await handler.invoke(parsed.data, { messageId });
        done({ outcome: 'applied' });
        message.ack();
        return;
      } catch (error) {
        done({ outcome: 'failed' });
        this.logger.error({ err: error, subject, messageId, attempt }, 'A fact could not be applied');
        if (this.stopping.signal.aborted) return message.nak();
        if (attempt >= MAX_TRIES) return this.setAside(message, parsed.data, attempt);
        message.working();
        await new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** attempt, 10_000)));
      }
    }
  }

  private setAside(message: JsMsg, payload: unknown, deliveries: number): void {
    if (message.subject !== jobDeadLettered.subject) {
      void this.nats
        .publish(jobDeadLettered.subject, {
          at: new Date().toISOString(),
          subject: message.subject,
          worker: this.durable,
          payload,
          deliveries,
          error: { code: 'JOB_ABANDONED', message: 'The fact could not be applied' },
        })
        .catch((error: unknown) => this.logger.error({ err: error }, 'The dead letter could not be published'));
    }
    message.term();
  }
}
