import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artifactDownloadSign, artifactUploadSign, portOf } from '@osiris/contracts';
import { Requests, type RunningService } from '@osiris/service-kit';
import { freePort, startNats } from '@osiris/testing';
import { envSchema } from '../src/env';
import { OBJECT_STORE, type ObjectStore } from '../src/objects/object-store';
import { startArtifact } from '../src/start-artifact';

export const owner = { appId: 'app_0123456789', buildId: 'bld_0123456789' };

/** A running artifact service with a NATS and a folder of its own. */
export class ServiceUnderTest {
  private constructor(
    readonly service: RunningService,
    /** `http://127.0.0.1:<port>` */
    readonly base: string,
    private readonly end: () => Promise<void>,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<ServiceUnderTest> {
    const nats = await startNats();
    const home = await mkdtemp(join(tmpdir(), 'osiris-artifact-'));
    const port = (await freePort()) - (portOf('artifact', 4000) - 4000);
    const env = envSchema.parse({ NATS_URL: nats.url, PORT: port, OSIRIS_HOME: home, LOG_LEVEL: 'fatal', SIGNING_KEYS: 'k'.repeat(32), ...settings });
    const service = await startArtifact(env, { signals: false });
    return new ServiceUnderTest(service, `http://127.0.0.1:${portOf('artifact', port)}`, async () => {
      await service.close();
      await nats.stop();
      await rm(home, { recursive: true, force: true });
    });
  }

  get store(): ObjectStore {
    return this.service.app.get<ObjectStore>(OBJECT_STORE);
  }

  /** Uploads as a worker does: asks for a URL, and puts the bytes there. */
  async upload(body: Buffer, { contentType = 'text/plain', contentEncoding }: { contentType?: string; contentEncoding?: 'gzip' } = {}): Promise<{ key: string; answer: Response; uploadUrl: string }> {
    const { id, uploadUrl } = await this.service.app.get(Requests).send(artifactUploadSign, { kind: 'build-log', owner, contentType, contentEncoding });
    const answer = await fetch(uploadUrl, { method: 'PUT', body: new Uint8Array(body) });
    return { key: `artifacts/${owner.appId}/${id}`, answer, uploadUrl };
  }

  /** A download URL, absolute: the folder store's begin at the gateway, which passes them on to the service. */
  async signed(objectKey: string, options: { contentType?: string; contentEncoding?: 'gzip'; filename?: string } = {}): Promise<string> {
    const { url } = await this.service.app.get(Requests).send(artifactDownloadSign, { objectKey, contentType: 'text/plain', ...options });
    return new URL(url, this.base).toString();
  }

  async readiness(): Promise<{ status: number; store: { status: string; message?: string } }> {
    const answer = await fetch(`${this.base}/readyz`);
    const { dependencies } = (await answer.json()) as { dependencies: Record<string, { status: string; message?: string }> };
    return { status: answer.status, store: dependencies['object-store'] ?? { status: 'unknown' } };
  }

  stop(): Promise<void> {
    return this.end();
  }
}
