import { Controller, Inject, Injectable, Module } from '@nestjs/common';
import {
  artifactDownloadSign,
  artifactRemovalJob,
  artifactUploadSign,
  DomainError,
  type jobDeadLettered,
} from '@osiris/contracts';
import { freePort, startNats, type TestNats } from '@osiris/testing';
import type { z } from 'zod';
import {
  baseEnv,
  currentTraceId,
  decodeJson,
  HandBack,
  HandlesJob,
  HandlesRequest,
  type JobContext,
  Nats,
  Requests,
  type RunningService,
  runWithTrace,
  start,
} from '../src';

type Removal = z.infer<typeof artifactRemovalJob.schema>;
const APP = 'app_0123456789abc';
const removal = (name: string): Removal => ({ appId: APP, artifacts: [{ id: 'art_0123456789abc', objectKey: name }] });

/** Behaviour by the object's name, so that each test scripts its job. */
const seen: { name: string; delivery: number; traceId: string | undefined }[] = [];
const SCRIPT = Symbol('SCRIPT');
let script: (name: string, job: JobContext<Removal>) => Promise<void> = async () => undefined;

@Injectable()
class Worker {
  @HandlesJob(artifactRemovalJob)
  async remove(job: JobContext<Removal>): Promise<void> {
    const name = job.payload.artifacts[0]?.objectKey ?? '';
    seen.push({ name, delivery: job.delivery, traceId: currentTraceId() });
    await script(name, job);
  }
}

@Controller()
class Signer {
  constructor(@Inject(SCRIPT) readonly _script: unknown) {}

  @HandlesRequest(artifactUploadSign)
  async sign(input: z.output<typeof artifactUploadSign.input>) {
    return { id: 'art_0123456789abc', uploadUrl: `http://x/${input.kind}?${currentTraceId()}`, expiresAt: new Date().toISOString() };
  }

  @HandlesRequest(artifactDownloadSign)
  async download(input: z.output<typeof artifactDownloadSign.input>): Promise<z.input<typeof artifactDownloadSign.output>> {
    if (input.objectKey === 'bug') throw new Error('secret internals');
    throw new DomainError('NOT_FOUND', 'No such object');
  }
}

@Module({ controllers: [Signer], providers: [Worker, { provide: SCRIPT, useValue: null }] })
class ArtifactModule {}
@Module({ controllers: [Signer], providers: [{ provide: SCRIPT, useValue: null }] })
class DeafModule {}

const until = async (condition: () => boolean, ms = 15_000): Promise<void> => {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error('It did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe('typed messages over a real NATS', () => {
  let server: TestNats;
  let service: RunningService;
  let env: z.infer<typeof baseEnv>;
  const deadLetters: z.infer<typeof jobDeadLettered.schema>[] = [];
  const boot = () =>
    start(ArtifactModule, {
      service: 'artifact',
      env,
      jobs: [[artifactRemovalJob, { maxAttempts: 3, backoffMs: [50, 100] }]],
      signals: false,
    });

  beforeAll(async () => {
    server = await startNats();
    env = baseEnv.parse({ NATS_URL: server.url, PORT: (await freePort()) % 50_000 + 10_000, LOG_LEVEL: 'fatal' });
    service = await boot();
    service.app.get(Nats).connection.subscribe('facts.job.dead-lettered.v1', {
      callback: (_error, message) => {
        const decoded = decodeJson(message.data);
        if ('value' in decoded) deadLetters.push(decoded.value as z.infer<typeof jobDeadLettered.schema>);
      },
    });
  });
  afterAll(async () => {
    await service.close();
    await server.stop();
  });
  beforeEach(() => {
    seen.length = 0;
    deadLetters.length = 0;
    script = async () => undefined;
  });
  const enqueue = (name: string) => service.app.get(Nats).publish(artifactRemovalJob.subject, removal(name));

  test('a request carries the trace, and comes back parsed', async () => {
    const requests = service.app.get(Requests);
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const reply = await runWithTrace(traceparent, () =>
      requests.send(artifactUploadSign, { kind: 'build-log', owner: { appId: APP }, contentType: 'text/plain' }),
    );
    expect(reply.uploadUrl).toBe('http://x/build-log?0af7651916cd43dd8448eb211c80319c');
  });

  test("the owner's error arrives with its code; an unexpected one tells nothing", async () => {
    const requests = service.app.get(Requests);
    await expect(requests.send(artifactDownloadSign, { objectKey: 'x', contentType: 'a' })).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'No such object' });
    await expect(requests.send(artifactDownloadSign, { objectKey: 'bug', contentType: 'a' })).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.not.stringContaining('secret') as string,
    });
    const bad = requests.send(artifactUploadSign, { kind: 'nonsense' } as never);
    await expect(bad).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: expect.arrayContaining([expect.objectContaining({ path: 'kind' })]) as unknown });
  });

  test('a job is done once, under the trace it was enqueued with', async () => {
    await runWithTrace('00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', () => enqueue('once'));
    await until(() => seen.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(seen).toEqual([{ name: 'once', delivery: 1, traceId: '1af7651916cd43dd8448eb211c80319c' }]);
  });

  test('a failing job comes again by its backoff and is dead-lettered after the last delivery', async () => {
    script = () => Promise.reject(new Error('no luck'));
    await enqueue('fails');
    await until(() => deadLetters.length === 1);
    expect(seen.map(({ delivery }) => delivery)).toEqual([1, 2, 3]);
    expect(deadLetters[0]).toMatchObject({ subject: 'jobs.artifact-removal.v1', deliveries: 3, error: { code: 'JOB_ABANDONED' }, payload: removal('fails') });
  });

  test('an error that cannot be mended by retrying is given up at once', async () => {
    script = () => Promise.reject(new DomainError('NOT_FOUND', 'gone'));
    await enqueue('final');
    await until(() => deadLetters.length === 1);
    expect(seen).toHaveLength(1);
  });

  test('a hand-back does not count as an attempt', async () => {
    script = (_name, job) => (seen.length < 6 ? Promise.reject(new HandBack(10, 'not now')) : Promise.resolve(void job));
    await enqueue('patience');
    await until(() => seen.length === 6);
    expect(seen.map(({ delivery }) => delivery)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(deadLetters).toHaveLength(0);
  });

  test('what does not fit the schema is dead-lettered, not dropped', async () => {
    await service.app.get(Nats).publish(artifactRemovalJob.subject, { appId: 'nonsense' });
    await until(() => deadLetters.length === 1);
    expect(deadLetters[0]?.error.code).toBe('VALIDATION_FAILED');
    expect(seen).toHaveLength(0);
  });

  test('a NATS that comes back with an empty folder is used again', async () => {
    await server.restartEmpty();
    await until(() => seen.length > 0 || (void enqueue('after').catch(() => undefined), false), 20_000);
    expect(seen[0]?.name).toBe('after');
  });

  test('a job held at shutdown goes to the next instance', async () => {
    let begun = false;
    script = (_name, job) =>
      new Promise((_resolve, reject) => {
        begun = true;
        job.signal.addEventListener('abort', () => reject(new Error('stopped')));
      });
    await enqueue('handed-on');
    await until(() => begun);
    await service.close();
    seen.length = 0;
    script = async () => undefined;
    service = await boot();
    await until(() => seen.some(({ name }) => name === 'handed-on'));
  });

  test('a service with a message nobody handles refuses to start', async () => {
    const other = { ...env, PORT: env.PORT + 200 };
    await expect(start(DeafModule, { service: 'artifact', env: other, signals: false })).rejects.toThrow('jobs.artifact-removal.v1 has no handler');
  });
});
