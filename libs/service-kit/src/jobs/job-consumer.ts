import { setMaxListeners } from 'node:events';
import {
  DomainError,
  type ErrorData,
  type FactDefinition,
  type JobDefinition,
  jobDeadLettered,
  redactUrl,
} from '@osiris/contracts';
import type { Consumer, JsMsg } from 'nats';
import type { Logger } from '../logger';
import { counter, durations } from '../metrics';
import { durableConsumer } from '../nats/durable-consumer';
import type { Facts } from '../nats/facts';
import { decodeJson, messageIdOf, type Nats } from '../nats/nats';
import { runWithTrace } from '../trace';
import { HandBack, type JobContext } from './job-context';
import type { JobGate } from './job-gate';

/** A pull lives this long: after a NATS that restarted empty, a consumer is missed no later than this. */
const PULL_EXPIRES_MS = 2_500;
/** After SIGTERM a running job may finish for this long; then its signal is aborted and it is handed back. */
const FINISH_GRACE_MS = 2_000;
const ACK_TIMEOUT_MS = 1_000;

const jobSeconds = durations('osiris_job_duration_seconds', 'Jobs worked on', ['subject', 'outcome'] as const);
const redeliveries = counter('osiris_job_redeliveries_total', 'Jobs delivered more than once', ['subject'] as const);
const deadLetters = counter('osiris_job_dead_letters_total', 'Jobs given up', ['subject'] as const);

export interface JobSettings {
  /** Jobs of this kind at once in this process. */
  concurrency?: number;
  maxAttempts?: number;
  backoffMs?: readonly number[];
}

/** What to do with a delivery whose handler threw. */
export type Consequence =
  | { action: 'hand-back'; delayMs: number }
  | { action: 'retry'; delayMs: number }
  | { action: 'give-up'; error: ErrorData };

/** Pure: the consequence of an error, so that the schedule can be read and tested. */
export function consequenceOf(error: unknown, delivery: number, definition: Pick<JobDefinition, 'maxAttempts' | 'backoffMs'>): Consequence {
  if (error instanceof HandBack) return { action: 'hand-back', delayMs: error.delayMs };
  const data: ErrorData =
    error instanceof DomainError
      ? { code: error.code, message: error.message }
      : { code: 'JOB_ABANDONED', message: 'The job failed in an unexpected way' };
  const final = error instanceof DomainError && !error.retryable;
  if (final || delivery >= definition.maxAttempts) return { action: 'give-up', error: data };
  const delayMs = definition.backoffMs[Math.min(delivery, definition.backoffMs.length) - 1] ?? 1_000;
  return { action: 'retry', delayMs };
}

/** A job's payload as it may be kept: without env values and without credentials in URLs. */
export function withoutSecrets(payload: unknown): unknown {
  return JSON.parse(
    JSON.stringify(payload ?? null, (key, value: unknown) => {
      if (key === 'env') return {};
      return typeof value === 'string' && value.includes('@') ? redactUrl(value) : value;
    }),
  );
}

/** Pulls one kind of job and hands it to its handler, `concurrency` at a time, until stopped. */
export class JobConsumer {
  private readonly stopping = new AbortController();
  private readonly aborting = new AbortController();
  /** Hand-backs by message id: they do not count as attempts. Lost at a restart, which only gives up a little earlier. */
  private readonly handBacks = new Map<string, number>();
  private slots: Promise<void>[] = [];
  private readonly definition: JobDefinition;

  constructor(
    definition: JobDefinition,
    private readonly handle: (job: JobContext<unknown>) => Promise<unknown>,
    private readonly settings: JobSettings,
    private readonly parts: { nats: Nats; facts: Facts; gate: JobGate; logger: Logger; service: string },
  ) {
    this.definition = {
      ...definition,
      maxAttempts: settings.maxAttempts ?? definition.maxAttempts,
      backoffMs: settings.backoffMs ?? definition.backoffMs,
    };
  }

  start(): void {
    // One or two listeners a slot, for the life of the process: no leak, however many slots.
    setMaxListeners(0, this.stopping.signal, this.aborting.signal);
    this.slots = Array.from({ length: this.settings.concurrency ?? 1 }, () => this.pullUntilStopped());
  }

  /** Stops pulling, lets running jobs finish for a moment, then hands them back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const grace = setTimeout(() => this.aborting.abort(new HandBack(0, 'The service is shutting down')), FINISH_GRACE_MS);
    await Promise.all(this.slots);
    clearTimeout(grace);
  }

  private async pullUntilStopped(): Promise<void> {
    const { nats, gate, logger } = this.parts;
    let consumer: Consumer | undefined;
    // After a reconnect the consumer may be gone with what NATS had stored.
    const forget = nats.onReconnect(() => (consumer = undefined));
    this.stopping.signal.addEventListener('abort', forget, { once: true });
    const stopped = new Promise<null>((resolve) => this.stopping.signal.addEventListener('abort', () => resolve(null), { once: true }));
    while (!this.stopping.signal.aborted) {
      await Promise.race([gate.whenOpen(this.definition), stopped]);
      if (this.stopping.signal.aborted) return;
      try {
        consumer ??= await this.consumer(nats);
        const pull = consumer.next({ expires: PULL_EXPIRES_MS });
        const message = await Promise.race([pull, stopped]);
        if (message) await this.deliver(message);
        // A message that arrives after the stop belongs to the next instance.
        else if (this.stopping.signal.aborted) void pull.then((late) => late?.nak(), () => undefined);
      } catch (error) {
        consumer = undefined;
        logger.debug({ err: error, subject: this.definition.subject }, 'Pulling failed, trying again');
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  private consumer(nats: Nats): Promise<Consumer> {
    return durableConsumer(nats, {
      stream: 'JOBS',
      durable: this.definition.subject.replaceAll('.', '-'),
      filterSubject: this.definition.subject,
      ackWaitMs: this.definition.ackWaitMs,
      maxAckPending: 1_000,
    });
  }

  private deliver(message: JsMsg): Promise<void> {
    return runWithTrace(message.headers?.get('traceparent'), () => this.work(message));
  }

  private async work(message: JsMsg): Promise<void> {
    const { subject, maxAttempts, ackWaitMs } = this.definition;
    const messageId = messageIdOf(message);
    const delivery = Math.max(1, message.info.redeliveryCount - (this.handBacks.get(messageId) ?? 0));
    const logger = this.parts.logger.child({ subject, messageId, delivery });
    if (delivery > 1) redeliveries.inc({ subject });

    const decoded = decodeJson(message.data);
    const parsed = 'value' in decoded ? this.definition.schema.safeParse(decoded.value) : { success: false as const, error: decoded.error };
    const payload = 'value' in decoded ? decoded.value : null;
    if (!parsed.success) {
      logger.error({ err: parsed.error }, 'A job does not fit its schema');
      return this.giveUp(message, payload, delivery, { code: 'VALIDATION_FAILED', message: 'The job does not fit its schema' });
    }
    if (delivery > maxAttempts) {
      return this.giveUp(message, payload, delivery, { code: 'JOB_ABANDONED', message: 'The job ended its worker too often' });
    }

    const alive = setInterval(() => message.working(), ackWaitMs / 3);
    const done = jobSeconds.startTimer({ subject });
    try {
      await this.handle({
        payload: parsed.data,
        delivery,
        maxDeliveries: maxAttempts,
        lastDelivery: delivery >= maxAttempts,
        signal: this.aborting.signal,
      });
      // Confirmed where NATS answers soon; a job whose ack is lost comes again and finds itself done.
      await message.ackAck({ timeout: ACK_TIMEOUT_MS }).catch(() => message.ack());
      this.handBacks.delete(messageId);
      logger.info({ durationMs: Math.round(done({ outcome: 'done' }) * 1000) }, 'job done');
    } catch (error) {
      const cause = this.aborting.signal.aborted ? new HandBack(0, 'The service is shutting down') : error;
      const consequence = consequenceOf(cause, delivery, this.definition);
      const durationMs = Math.round(done({ outcome: consequence.action }) * 1000);
      if (consequence.action === 'give-up') {
        logger.error({ err: cause, durationMs }, 'job given up');
        return await this.giveUp(message, payload, delivery, consequence.error);
      }
      if (consequence.action === 'hand-back') {
        this.handBacks.set(messageId, (this.handBacks.get(messageId) ?? 0) + 1);
        logger.info({ durationMs, delayMs: consequence.delayMs, reason: (cause as Error).message }, 'job handed back');
      } else {
        logger.warn({ err: cause, durationMs, delayMs: consequence.delayMs }, 'job failed, comes again');
      }
      message.nak(consequence.delayMs);
    } finally {
      clearInterval(alive);
    }
  }

  /** Says so before it lets go: a job never ends in silence. Not acked where the fact cannot be stored: it comes again. */
  private async giveUp(message: JsMsg, payload: unknown, deliveries: number, error: ErrorData): Promise<void> {
    deadLetters.inc({ subject: this.definition.subject });
    const fact = { at: new Date().toISOString(), subject: this.definition.subject, worker: this.parts.service, payload: withoutSecrets(payload), deliveries, error };
    await this.parts.facts.publish(jobDeadLettered as FactDefinition<typeof jobDeadLettered.schema>, fact);
    message.term();
  }
}
