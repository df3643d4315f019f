import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import {
  artifactUploadSign, type Build, buildGet, buildJob, type BuildJob, changeSubject, type FactDefinition, type HeldImage, imageReview, leaseClaim, leaseRenew, logText,
  type LogChunk, type RequestDefinition,
} from '@osiris/contracts';
import { connect, headers, JSONCodec, type JetStreamClient, type NatsConnection } from 'nats';

const json = JSONCodec<unknown>();

/** The catalog and the artifact service as the build service sees them, so that a test needs neither. */
export class FakeHub {
  readonly facts: { subject: string; fact: Record<string, unknown> }[] = [];
  /** Of each artifact what was signed, and its content, unpacked. */
  readonly uploads: { kind: string; owner: unknown; contentEncoding?: string; text: string }[] = [];
  readonly chunks: LogChunk[] = [];
  /** What the catalog answers to a claim and to a renewal. */
  granted = true;
  /** What the catalog answers to whoever asks for a build. */
  status: Build['status'] = 'running';
  /** Which images the catalog lets go. */
  removable: (image: HeldImage) => boolean = () => false;
  private store!: Server;
  private jetstream!: JetStreamClient;

  private constructor(readonly nats: NatsConnection) {}

  static async start(natsUrl: string): Promise<FakeHub> {
    const hub = new FakeHub(await connect({ servers: natsUrl }));
    hub.jetstream = hub.nats.jetstream();
    hub.answer(leaseClaim, () => ({ granted: hub.granted, reason: hub.granted ? null : 'superseded' }));
    hub.answer(leaseRenew, () => ({ granted: hub.granted }));
    hub.answer(imageReview, (input) => ({
      removable: (input as { images: HeldImage[] }).images.filter(hub.removable).map(({ reference }) => ({ reference, reason: 'superseded' as const })),
    }));
    hub.answer(buildGet, (input) => ({
      id: (input as { id: string }).id, appId: 'app_0000000000', commitSha: '0'.repeat(40), status: hub.status, error: null, image: null, log: null,
      queuedAt: new Date().toISOString(), startedAt: null, completedAt: null, durationMs: null,
    }) satisfies Build);
    let signed = 0;
    const signedFor = new Map<string, { kind: string; owner: unknown; contentEncoding?: string }>();
    hub.store = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts);
        const id = (request.url ?? '').slice(1);
        const what = signedFor.get(id) ?? { kind: '', owner: null };
        hub.uploads.push({ ...what, text: (what.contentEncoding === 'gzip' ? gunzipSync(body) : body).toString() });
        response.end(JSON.stringify({ id, bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') }));
      });
    });
    await new Promise<void>((resolve) => hub.store.listen(0, '127.0.0.1', resolve));
    const { port } = hub.store.address() as AddressInfo;
    hub.answer(artifactUploadSign, (input) => {
      const id = `art_${String(++signed).padStart(10, '0')}`;
      signedFor.set(id, input as { kind: string; owner: unknown; contentEncoding?: string });
      return { id, uploadUrl: `http://127.0.0.1:${port}/${id}`, expiresAt: new Date(Date.now() + 60_000).toISOString() };
    });
    hub.nats.subscribe('facts.>', { callback: (_, message) => void hub.facts.push({ subject: message.subject, fact: json.decode(message.data) as Record<string, unknown> }) });
    hub.nats.subscribe('logs.>', { callback: (_, message) => void hub.chunks.push(json.decode(message.data) as LogChunk) });
    return hub;
  }

  async enqueue(job: BuildJob): Promise<void> {
    const head = headers();
    head.set('Nats-Msg-Id', `${job.buildId}-${job.attempt}-${Math.random()}`);
    await this.jetstream.publish(buildJob.subject, json.encode(job), { headers: head });
  }

  publishJob(subject: string, payload: unknown): Promise<unknown> {
    return this.jetstream.publish(subject, json.encode(payload));
  }

  /** What the catalog says to everybody when a build was canceled. */
  cancel(buildId: string): void {
    const event = {
      specversion: '1.0', id: '1', source: 'test', type: 'build.updated', subject: 'app_0000000000', time: new Date().toISOString(), sequence: 1,
      data: { build: { id: buildId, status: 'canceled' } as Partial<Build> },
    };
    this.nats.publish(changeSubject('build.updated'), json.encode({ event, previousSequence: null }));
  }

  /** The stored log of a build, as text or as lines. */
  storedLog(buildId: string, kind = 'build-log'): string {
    return this.uploads.findLast((upload) => upload.kind === kind && (upload.owner as { buildId?: string }).buildId === buildId)?.text ?? '';
  }

  /** Waits until `look` finds something. */
  async until<T>(look: () => T | null | undefined | Promise<T | null | undefined>, timeoutMs = 15_000): Promise<T> {
    for (const endsAt = Date.now() + timeoutMs; ; ) {
      const found = await look();
      if (found !== null && found !== undefined) return found;
      if (Date.now() > endsAt) throw new Error('It did not happen in time');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Waits for a fact about a build. */
  async fact(buildId: string, definition: FactDefinition, timeoutMs = 30_000): Promise<Record<string, unknown>> {
    const endsAt = Date.now() + timeoutMs;
    for (;;) {
      const found = this.facts.find(({ subject, fact }) => subject === definition.subject && fact['buildId'] === buildId);
      if (found) return found.fact;
      if (Date.now() > endsAt) throw new Error(`No ${definition.subject} of ${buildId}; there are ${JSON.stringify(this.facts.slice(-5))}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  factsOf(buildId: string): string[] {
    return this.facts.filter(({ fact }) => fact['buildId'] === buildId).map(({ subject }) => subject);
  }

  liveLog(buildId: string): string {
    return logText(this.chunks.filter((chunk) => chunk.buildId === buildId).flatMap((chunk) => chunk.lines));
  }

  /** Whether the live log was told to be over. */
  logEnded(buildId: string): boolean {
    return this.chunks.some((chunk) => chunk.buildId === buildId && chunk.end);
  }

  async stop(): Promise<void> {
    await this.nats.close();
    await new Promise((resolve) => this.store.close(resolve));
  }

  private answer(definition: RequestDefinition, reply: (input: unknown) => unknown): void {
    this.nats.subscribe(definition.subject, {
      callback: (_, message) => {
        const { id, data } = json.decode(message.data) as { id: string; data: unknown };
        message.respond(json.encode({ id, isDisposed: true, response: { ok: true, value: reply(data) } }));
      },
    });
  }
}
