import { DomainError, type IngestJob, ingestJob, leaseClaim, type RequestDefinition } from '@osiris/contracts';
import type { CommitRequest, GitFetcher, Looked } from '@osiris/git';
import { type Facts, JobConsumer, type JobContext, type JobGate, Leases, type Nats, type Requests } from '@osiris/service-kit';
import { FakeWorkQueue } from '@osiris/testing';
import { pino } from 'pino';
import type { BillsOfMaterials } from '../bill-of-materials/bills-of-materials';
import type { Pictures } from '../pictures/pictures';
import { READERS_VERSION } from '../readers/version';
import type { IngestionLogs } from './ingestion-logs';
import type { Completed } from './ingestion-report';
import { IngestionsService } from './ingestions.service';
import { IngestionsWorker } from './ingestions.worker';
import type { ScratchFolder } from './scratch-folder';

const MIDNIGHT = Date.UTC(2030, 0, 1);
const COMMIT = 'c0ffee'.padEnd(40, '0');
const payload: IngestJob = { attempt: 7, ingestionId: 'ing_1', appId: 'app_0123456789', slug: 'acme/draw', repoUrl: 'https://example.com/acme/draw', ref: 'main', dockerfilePath: null };
const completed: Completed = {
  commitSha: COMMIT, ref: 'main', dockerfile: { path: 'Dockerfile', reason: 'it is where people keep it', others: [] },
  metadata: { name: 'Draw', description: null, port: null, readmeSummary: null, healthPath: null } as Completed['metadata'], tags: [], media: [], warnings: [], readBy: READERS_VERSION,
};
const timeout = new DomainError('REPO_TIMEOUT', 'Fetching the repository took longer than 120 s');

type Answer = (request: CommitRequest) => Promise<Looked<unknown>>;
const fails = (error: unknown): Answer => () => Promise.reject(error as Error);
const reads: Answer = () => Promise.resolve({ outcome: 'read', value: completed });
const hangs: Answer = ({ signal }) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));

let queue: FakeWorkQueue;
let told: { at: number; fact: string; data: Record<string, unknown> }[];
let asked: CommitRequest[];
let kept: number;
let claim: () => { granted: boolean; reason: 'superseded' | 'leased' | null };
let renew: () => { granted: boolean };
let publish: (subject: string) => Promise<void>;
const consumers: JobConsumer[] = [];

beforeEach(() => {
  jest.useFakeTimers({ now: MIDNIGHT, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  queue = new FakeWorkQueue();
  [told, asked, kept] = [[], [], 0];
  claim = () => ({ granted: true, reason: null });
  renew = () => ({ granted: true });
  publish = () => Promise.resolve();
});
afterEach(async () => {
  const stopped = Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
  await pass(10_000);
  await stopped;
  jest.useRealTimers();
});

const pass = async (ms: number): Promise<void> => void (await jest.advanceTimersByTimeAsync(ms));

/** A worker process: everything of it is real but NATS, the catalog's answers, git and the log store. */
function startWorker(...answers: [Answer, ...Answer[]]): JobConsumer {
  const git = {
    withCommit: (request: CommitRequest) => {
      asked.push(request);
      return (answers[asked.length - 1] ?? (answers.at(-1) as Answer))(request);
    },
  };
  const facts = {
    publish: async ({ subject, schema }: { subject: string; schema: { parse(fact: unknown): Record<string, unknown> } }, fact: unknown) => {
      const data = schema.parse(fact);
      await publish(subject);
      told.push({ at: Date.now() - MIDNIGHT, fact: subject.replace(/^facts\.|\.v1$/g, ''), data });
    },
  };
  const requests = { send: async ({ subject }: RequestDefinition) => Promise.resolve(subject === leaseClaim.subject ? claim() : renew()) };
  const logger = pino({ level: 'silent' });
  const leases = new Leases(requests as unknown as Requests, { instance: 'ingestion-1' } as never, logger);
  const service = new IngestionsService(git as unknown as GitFetcher, { path: '/scratch' } as ScratchFolder, {} as Pictures, {} as BillsOfMaterials);
  const logs = { keep: () => void kept++ } as unknown as IngestionLogs;
  const worker = new IngestionsWorker(service, leases, facts as unknown as Facts, logs, logger);
  const gate = { whenOpen: () => Promise.resolve() } as unknown as JobGate;
  const consumer = new JobConsumer(ingestJob, (job) => worker.ingest(job as JobContext<IngestJob>), {}, { nats: queue as unknown as Nats, facts: facts as unknown as Facts, gate, logger, service: 'ingestion' });
  consumers.push(consumer);
  consumer.start();
  return consumer;
}
const facts = (): string[] => told.map(({ fact }) => fact);
const failures = () => told.filter(({ fact }) => fact === 'ingestion.failed').map(({ at, data }) => ({ at, delivery: data['delivery'], willRetry: data['willRetry'], code: (data['error'] as { code: string }).code }));
const journal = (): string[] => queue.journal.map(({ at, what }) => `${at} ${what}`);

describe('an ingestion that works', () => {
  it('is told step by step, with its attempt and delivery, and acknowledged', async () => {
    startWorker(reads);
    queue.add('a', payload);
    await pass(0);
    expect(facts()).toEqual(['ingestion.started', 'ingestion.progressed', 'ingestion.completed']);
    expect(told.at(-1)?.data).toMatchObject({ ingestionId: 'ing_1', attempt: 7, delivery: 1, commitSha: COMMIT, readBy: READERS_VERSION });
    expect(journal()).toEqual(['0 delivered', '0 acked']);
    expect(kept).toBe(1);
  });

  it('says that nothing has changed, where git says so', async () => {
    startWorker(({ unless }) => Promise.resolve({ outcome: 'unchanged', commit: { commitSha: unless as string, ref: 'main' } }));
    queue.add('a', { ...payload, known: { commitSha: COMMIT, readBy: READERS_VERSION } });
    await pass(0);
    expect(facts()).toEqual(['ingestion.started', 'ingestion.progressed', 'ingestion.unchanged']);
    expect(told.at(-1)?.data).toMatchObject({ commitSha: COMMIT, ref: 'main' });
  });

  it.each([
    ['by other readers', { commitSha: COMMIT, readBy: 'older' }],
    ['never', null],
    ['nobody knows when', undefined],
  ])('reads a commit that was read %s', async (_, known) => {
    startWorker(reads);
    queue.add('a', { ...payload, known });
    await pass(0);
    expect(asked[0]?.unless).toBeNull();
    expect(facts()).toContain('ingestion.completed');
  });

  it('waits for the end to be stored before it is acknowledged', async () => {
    publish = (subject) => (subject.includes('completed') ? new Promise((resolve) => setTimeout(resolve, 4_000)) : Promise.resolve());
    startWorker(reads);
    queue.add('a', payload);
    await pass(3_999);
    expect(journal()).toEqual(['0 delivered']);
    await pass(1);
    expect(journal()).toEqual(['0 delivered', '4000 acked']);
  });
});

describe('an ingestion that fails', () => {
  it('comes again after its backoff, says whether it will, and is given up after its last delivery', async () => {
    startWorker(fails(timeout));
    queue.add('a', payload);
    await pass(3_600_000);
    expect(failures()).toEqual([
      { at: 0, delivery: 1, willRetry: true, code: 'REPO_TIMEOUT' },
      { at: 10_000, delivery: 2, willRetry: true, code: 'REPO_TIMEOUT' },
      { at: 20_000, delivery: 3, willRetry: false, code: 'REPO_TIMEOUT' },
    ]);
    expect(told.at(-1)).toMatchObject({ at: 20_000, fact: 'job.dead-lettered', data: { deliveries: 3, error: { code: 'REPO_TIMEOUT' } } });
    expect(queue.journal.at(-1)).toMatchObject({ at: 20_000, what: 'terminated' });
  });

  it('and works the second time is done', async () => {
    startWorker(fails(timeout), reads);
    queue.add('a', payload);
    await pass(3_600_000);
    expect(failures()).toHaveLength(1);
    expect(told.at(-1)).toMatchObject({ at: 10_000, fact: 'ingestion.completed', data: { delivery: 2 } });
    expect(queue.left).toBe(0);
  });

  it.each(['REPO_NOT_FOUND', 'REPO_AUTH_REQUIRED', 'REPO_TOO_LARGE', 'REF_NOT_FOUND', 'REPO_EMPTY', 'DOCKERFILE_MISSING', 'HOST_NOT_ALLOWED'] as const)('with %s is not tried again, and no dead letter', async (code) => {
    startWorker(fails(new DomainError(code, 'no')));
    queue.add('a', payload);
    await pass(3_600_000);
    expect(failures()).toEqual([{ at: 0, delivery: 1, willRetry: false, code }]);
    expect(journal()).toEqual(['0 delivered', '0 acked']);
    expect(facts()).not.toContain('job.dead-lettered');
  });

  it('unexpectedly says nothing of this machine, and is tried again', async () => {
    startWorker(fails(new TypeError('ENOENT /srv/secret/path')), reads);
    queue.add('a', payload);
    await pass(10_000);
    expect(failures()).toEqual([{ at: 0, delivery: 1, willRetry: true, code: 'INTERNAL' }]);
    expect(JSON.stringify(told)).not.toContain('/srv/secret');
    expect(facts().at(-1)).toBe('ingestion.completed');
  });

  it('because its end could not be stored is not acknowledged', async () => {
    let tries = 0;
    publish = (subject) => (subject.includes('completed') && ++tries === 1 ? Promise.reject(new Error('no stream')) : Promise.resolve());
    startWorker(reads);
    queue.add('a', payload);
    await pass(3_600_000);
    expect(journal()).toEqual(['0 delivered', '0 handed back', '10000 delivered', '10000 acked']);
  });
});

describe('a worker that ends', () => {
  it('by being killed has its job done by another, once its acknowledgement is overdue', async () => {
    startWorker(hangs, reads);
    queue.add('a', payload);
    await pass(30_000);
    expect(journal()).toEqual(['0 delivered']);
    queue.killConsumers();
    startWorker(reads);
    await pass(10_000);
    expect(queue.journal.map(({ what }) => what)).toEqual(['delivered', 'not heard of', 'delivered', 'acked']);
    expect(told.at(-1)).toMatchObject({ fact: 'ingestion.completed', data: { delivery: 2, attempt: 7 } });
    expect(failures()).toEqual([]);
  });

  it('by shutting down hands its job on: that is no failure', async () => {
    const worker = startWorker(hangs);
    queue.add('a', payload);
    await pass(5_000);
    const stopped = worker.stop();
    await pass(2_000);
    await stopped;
    expect(journal()).toEqual(['0 delivered', '7000 handed back']);
    expect(facts()).toEqual(['ingestion.started', 'ingestion.progressed']);
    expect(kept).toBe(0);
    asked.length = 0;
    startWorker(reads);
    await pass(1);
    expect(facts().at(-1)).toBe('ingestion.completed');
  });
});

describe('the lease', () => {
  it('is waited for without counting, where another worker has it', async () => {
    let claims = 0;
    claim = () => (++claims <= 5 ? { granted: false, reason: 'leased' } : { granted: true, reason: null });
    startWorker(reads);
    queue.add('a', payload);
    await pass(60_000);
    expect(told[0]).toMatchObject({ at: 10_000, fact: 'ingestion.started', data: { delivery: 1 } });
    expect(queue.left).toBe(0);
  });

  it('is asked for again where the catalog is away, for as long as it takes', async () => {
    claim = () => {
      if (Date.now() - MIDNIGHT < 600_000) throw new DomainError('SERVICE_UNAVAILABLE', 'The catalog service is not there');
      return { granted: true, reason: null };
    };
    startWorker(reads);
    queue.add('a', payload);
    await pass(600_000);
    expect(told.map(({ at, fact }) => [at, fact]).at(-1)).toEqual([600_000, 'ingestion.completed']);
    expect(told.every(({ data }) => data['delivery'] === 1)).toBe(true);
  });

  it('that is refused for good drops the job without a word', async () => {
    claim = () => ({ granted: false, reason: 'superseded' });
    startWorker(reads);
    queue.add('a', payload);
    await pass(60_000);
    expect([told, asked]).toEqual([[], []]);
    expect(journal()).toEqual(['0 delivered', '0 acked']);
  });

  it('that is lost ends the work: nothing is said any more, and the job is gone', async () => {
    renew = () => ({ granted: Date.now() - MIDNIGHT < 9_000 });
    startWorker(hangs);
    queue.add('a', payload);
    await pass(60_000);
    expect(asked[0]?.signal?.aborted).toBe(true);
    expect(facts()).toEqual(['ingestion.started', 'ingestion.progressed']);
    expect(journal()).toEqual(['0 delivered', '9000 acked']);
    expect(kept).toBe(0);
  });

  it('that cannot be renewed for a moment is kept', async () => {
    renew = () => {
      throw new DomainError('SERVICE_UNAVAILABLE', 'The catalog service is not there');
    };
    startWorker(() => new Promise((resolve) => setTimeout(() => resolve({ outcome: 'read', value: completed }), 30_000)));
    queue.add('a', payload);
    await pass(30_000);
    expect(facts().at(-1)).toBe('ingestion.completed');
  });
});
