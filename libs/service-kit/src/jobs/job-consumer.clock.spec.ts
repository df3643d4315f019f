import { DomainError, defineJob } from '@osiris/contracts';
import { FakeWorkQueue } from '@osiris/testing';
import { pino } from 'pino';
import { z } from 'zod';
import type { Facts } from '../nats/facts';
import type { Nats } from '../nats/nats';
import { HandBack, type JobContext } from './job-context';
import { JobConsumer, type JobSettings } from './job-consumer';
import type { JobGate } from './job-gate';

/** 2030-01-01: no test depends on when it runs. */
const MIDNIGHT = Date.UTC(2030, 0, 1);
const job = defineJob('jobs.try.v1', { worker: 'ingestion', ackWaitMs: 9_000, maxAttempts: 4, backoffMs: [1_000, 5_000], schema: z.object({ n: z.number() }) });

let queue: FakeWorkQueue;
let published: { subject: string; fact: unknown }[];
const consumers: JobConsumer[] = [];

beforeEach(() => {
  jest.useFakeTimers({ now: MIDNIGHT, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  queue = new FakeWorkQueue();
  published = [];
});
afterEach(async () => {
  const stopped = Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
  await jest.advanceTimersByTimeAsync(10_000);
  await stopped;
  jest.useRealTimers();
});

function consume(handle: (context: JobContext<unknown>) => Promise<unknown>, settings: JobSettings = {}): JobConsumer {
  const facts = { publish: (definition: { subject: string }, fact: unknown) => Promise.resolve(void published.push({ subject: definition.subject, fact })) };
  const gate = { whenOpen: () => Promise.resolve() };
  const consumer = new JobConsumer(job, handle, settings, {
    nats: queue as unknown as Nats, facts: facts as unknown as Facts, gate: gate as unknown as JobGate, logger: pino({ level: 'silent' }), service: 'ingestion',
  });
  consumers.push(consumer);
  consumer.start();
  return consumer;
}
const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms).then(() => undefined);
const untilAborted = ({ signal }: JobContext<unknown>): Promise<never> => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
const journal = (): string[] => queue.journal.map(({ at, what }) => `${at} ${what}`);

it('a job that keeps failing comes after 1, 5 and 5 s, then is given up with its error', async () => {
  const handle = jest.fn(() => Promise.reject(new DomainError('REPO_TIMEOUT', 'slow')));
  consume(handle);
  queue.add('a', { n: 1 });
  await pass(3_600_000);
  expect(journal()).toEqual(['0 delivered', '0 handed back', '1000 delivered', '1000 handed back', '6000 delivered', '6000 handed back', '11000 delivered', '11000 terminated']);
  expect(published).toEqual([{ subject: 'facts.job.dead-lettered.v1', fact: expect.objectContaining({ deliveries: 4, payload: { n: 1 }, error: { code: 'REPO_TIMEOUT', message: 'slow' } }) as unknown }]);
});

it('a job that is worked on for long is not delivered again; one whose worker was killed is, once its time is up', async () => {
  const deliveries: number[] = [];
  const handle = (context: JobContext<unknown>) => {
    deliveries.push(context.delivery);
    return context.delivery === 1 ? untilAborted(context) : Promise.resolve();
  };
  consume(handle);
  queue.add('a', { n: 1 });
  await pass(600_000);
  expect(journal()).toEqual(['0 delivered']);
  queue.killConsumers();
  consume(handle);
  await pass(60_000);
  // Its last sign of life was at 600 s.
  expect(journal()).toEqual(['0 delivered', '609000 not heard of', '609000 delivered', '609000 acked']);
  expect(deliveries).toEqual([1, 2]);
});

it('hand-backs do not count', async () => {
  const deliveries: number[] = [];
  consume((context) => {
    deliveries.push(context.delivery);
    return deliveries.length < 8 ? Promise.reject(new HandBack(2_000, 'elsewhere')) : Promise.resolve();
  });
  queue.add('a', { n: 1 });
  await pass(60_000);
  expect(deliveries).toEqual(Array(8).fill(1));
  expect(queue.journal.at(-1)).toMatchObject({ at: 14_000, what: 'acked' });
});

it('a job that does not fit its schema is given up without being tried', async () => {
  const handle = jest.fn();
  consume(handle);
  queue.add('a', { n: 'one' });
  await pass(0);
  expect(journal()).toEqual(['0 delivered', '0 terminated']);
  expect(handle).not.toHaveBeenCalled();
  expect(published).toMatchObject([{ fact: { error: { code: 'VALIDATION_FAILED' } } }]);
});

it('shutting down, what runs may end for 2 s and goes to the next instance then; nothing new is begun', async () => {
  const begun: number[] = [];
  const consumer = consume((context) => {
    begun.push((context.payload as { n: number }).n);
    return untilAborted(context);
  });
  queue.add('a', { n: 1 });
  await pass(1_000);
  const stopped = consumer.stop();
  queue.add('b', { n: 2 });
  await pass(1_999);
  expect(queue.left).toBe(2);
  await pass(1);
  await stopped;
  expect(begun).toEqual([1]);
  expect(queue.journal.filter(({ id }) => id === 'a').map(({ at, what, delayMs }) => [at, what, delayMs])).toEqual([[0, 'delivered', undefined], [3_000, 'handed back', 0]]);
  consume(() => Promise.resolve());
  await pass(1);
  expect(queue.left).toBe(0);
});
