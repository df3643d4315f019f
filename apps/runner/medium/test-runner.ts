import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchJob, type LaunchJob, stopJob, verifyJob } from '@osiris/contracts';
import { EngineConnection, removeAllSandboxes, Sandboxes } from '@osiris/engine';
import { type RunningService, start } from '@osiris/service-kit';
import { ensureBusybox, freePort, startNats, type TestNats } from '@osiris/testing';
import { AppModule } from '../src/app.module';
import { runnerEnv } from '../src/env';
import { HubDouble } from './hub-double';

export const newId = (): string => randomBytes(8).toString('hex');

/** A runner with everything real around it but the catalog and the artifact service. */
export class TestRunner {
  readonly hubId = `test-${newId()}`;
  readonly engine = new EngineConnection({ dockerHost: process.env['DOCKER_HOST'] });
  readonly sandboxes = new Sandboxes(this.engine, this.hubId);
  private readonly images: string[] = [];
  private service: RunningService | undefined;
  private gatewayPort = 0;

  private constructor(
    readonly nats: TestNats,
    readonly hub: HubDouble,
    private readonly home: string,
  ) {}

  static async start(): Promise<TestRunner> {
    await ensureBusybox();
    const nats = await startNats();
    const runner = new TestRunner(nats, await HubDouble.start(nats.url), await mkdtemp(join(tmpdir(), 'osiris-runner-')));
    await runner.up();
    return runner;
  }

  /** Starts the service, as a new process would. */
  async up(env: Record<string, string> = {}): Promise<void> {
    this.gatewayPort = (await freePort()) - 105;
    this.service = await start(AppModule, {
      service: 'runner',
      env: runnerEnv.parse({
        NATS_URL: this.nats.url,
        PORT: String(this.gatewayPort),
        LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'fatal',
        LOG_PRETTY: 'off',
        HUB_ID: this.hubId,
        OSIRIS_HOME: this.home,
        DOCKER_HOST: process.env['DOCKER_HOST'],
        LAUNCH_START_TIMEOUT_SECONDS: '8',
        ...env,
      }),
      jobs: [
        [launchJob, { concurrency: 8 }],
        [stopJob, { concurrency: 4 }],
        [verifyJob, { concurrency: 1 }],
      ],
      signals: false,
    });
  }

  async down(): Promise<void> {
    await this.service?.close();
    this.service = undefined;
  }

  async readiness(): Promise<{ status: string; dependencies: Record<string, { status: string; message?: string }> }> {
    const response = await fetch(`http://127.0.0.1:${this.gatewayPort + 105}/readyz`);
    return (await response.json()) as Awaited<ReturnType<TestRunner['readiness']>>;
  }

  /** Ends it all and leaves nothing on the engine. */
  async stop(): Promise<void> {
    await this.down();
    await removeAllSandboxes(this.engine, this.hubId);
    for (const image of this.images) await this.engine.docker.getImage(image).remove({ force: true });
    await this.hub.stop();
    await this.nats.stop();
    await rm(this.home, { recursive: true, force: true });
  }

  /** Makes an image whose command is a shell script. */
  async image(script: string, changes: readonly string[] = []): Promise<string> {
    const base = await this.engine.docker.createContainer({ Image: 'busybox:latest', Cmd: ['sh', '-c', script] });
    const repo = `osiris-test/${this.hubId}`;
    const tag = newId();
    await base.commit({ repo, tag, ...(changes.length > 0 ? { changes: changes.join('\n') } : {}) }).finally(() => base.remove({ force: true }));
    this.images.push(`${repo}:${tag}`);
    return `${repo}:${tag}`;
  }

  /** Removes one of its images before the end. */
  async forget(image: string): Promise<void> {
    await this.engine.docker.getImage(image).remove({ force: true });
    this.images.splice(this.images.indexOf(image), 1);
  }

  job(imageReference: string, more: Partial<LaunchJob> = {}): LaunchJob {
    return {
      attempt: 1,
      launchId: `lch_${newId()}`,
      appId: 'app_0000000000',
      buildId: 'bld_0000000000',
      slug: 'someone/app',
      imageReference,
      port: null,
      env: {},
      profile: 'small',
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
      ...more,
    };
  }

  /** Enqueues a launch of a script and gives its job back. */
  async launch(script: string, more: Partial<LaunchJob> & { changes?: readonly string[] } = {}): Promise<LaunchJob> {
    const { changes, ...rest } = more;
    const job = this.job(await this.image(script, changes), rest);
    await this.hub.enqueue(launchJob.subject, job);
    return job;
  }

  async requestStop(job: LaunchJob, reason: 'stopped' | 'expired' | 'app-deleted' = 'stopped'): Promise<void> {
    await this.hub.enqueue(stopJob.subject, { launchId: job.launchId, appId: job.appId, reason, attempt: job.attempt });
  }

  /** The KV route as gateways see it. */
  async route(launchId: string): Promise<{ host: string; port: number; expiresAt: string } | undefined> {
    const kv = await this.hub.nats.jetstream().views.kv('PREVIEWS');
    const entry = await kv.get(launchId);
    return entry?.operation === 'PUT' ? entry.json() : undefined;
  }
}

/** A web server on `port` that answers "hello". */
export const web = (port: number | string): string => `mkdir -p /www && echo hello > /www/index.html && exec httpd -f -p ${port} -h /www`;
