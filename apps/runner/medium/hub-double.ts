import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import {
  artifactUploadSign,
  type FactDefinition,
  launchEnded,
  launchLogSubject,
  launchReconcile,
  launchRunning,
  launchStarting,
  leaseClaim,
  leaseRenew,
  type LogChunk,
  type RequestDefinition,
  verificationEnded,
} from '@osiris/contracts';
import { connect, headers, type NatsConnection, StringCodec } from 'nats';
import type { z } from 'zod';

const text = StringCodec();

interface FactOf {
  starting: z.infer<typeof launchStarting.schema>;
  running: z.infer<typeof launchRunning.schema>;
  ended: z.infer<typeof launchEnded.schema>;
}
export interface LaunchFact {
  kind: keyof FactOf;
  fact: FactOf[keyof FactOf];
}

/**
 * Stands where the catalog and the artifact service stand: it answers a runner's requests as a test wants and remembers
 * what it was told. NATS, the engine and the runner itself are real.
 */
export class HubDouble {
  claim: z.infer<typeof leaseClaim.output> = { granted: true, reason: null };
  renew = true;
  /** Undefined: the catalog is away. */
  reconcile: ((input: z.infer<typeof launchReconcile.input>) => z.infer<typeof launchReconcile.output>) | undefined = ({ running }) => ({
    items: running.map((launchId) => ({ launchId, keep: true, expiresAt: null })),
  });
  readonly reconciled: z.infer<typeof launchReconcile.input>[] = [];
  readonly facts: LaunchFact[] = [];
  readonly verified: z.infer<typeof verificationEnded.schema>[] = [];

  private constructor(
    readonly nats: NatsConnection,
    private readonly server: Server,
    /** Texts of uploaded logs by artifact id. */
    readonly uploads: ReadonlyMap<string, string>,
    /** Bytes of what else was uploaded. */
    readonly pictures: ReadonlyMap<string, Buffer>,
  ) {}

  static async start(natsUrl: string): Promise<HubDouble> {
    const nats = await connect({ servers: natsUrl });
    const stored = new Map<string, string>();
    const pictures = new Map<string, Buffer>();
    const server = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const body = Buffer.concat(chunks);
        const id = request.url?.slice(1) ?? '';
        // Logs come compressed, as their uploads say.
        if (request.headers['content-type']?.startsWith('text/')) stored.set(id, gunzipSync(body).toString());
        else pictures.set(id, body);
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ id, bytes: body.length, sha256: '0'.repeat(64) }));
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const hub = new HubDouble(nats, server, stored, pictures);
    hub.answer(leaseClaim, () => hub.claim);
    hub.answer(leaseRenew, () => ({ granted: hub.renew }));
    hub.answer(launchReconcile, (input) => {
      hub.reconciled.push(input);
      return hub.reconcile?.(input);
    });
    let uploads = 0;
    const { port } = server.address() as AddressInfo;
    hub.answer(artifactUploadSign, () => {
      const id = `art_${String(++uploads).padStart(10, '0')}`;
      return { id, uploadUrl: `http://127.0.0.1:${port}/${id}`, expiresAt: new Date(Date.now() + 60_000).toISOString() };
    });
    hub.remember(launchStarting, 'starting');
    hub.remember(launchRunning, 'running');
    hub.remember(launchEnded, 'ended');
    nats.subscribe(verificationEnded.subject, { callback: (_error, message) => void hub.verified.push(verificationEnded.schema.parse(message.json())) });
    return hub;
  }

  async stop(): Promise<void> {
    await this.nats.close();
    this.server.close();
  }

  async enqueue(subject: string, payload: unknown): Promise<void> {
    await this.nats.jetstream().publish(subject, text.encode(JSON.stringify(payload)), { headers: headers() });
  }

  factsOf(launchId: string): LaunchFact[] {
    return this.facts.filter(({ fact }) => fact.launchId === launchId);
  }

  kindsOf(launchId: string): string[] {
    return this.factsOf(launchId).map(({ kind }) => kind);
  }

  /** Waits for the launch's fact of this kind. */
  async told<K extends keyof FactOf>(launchId: string, kind: K, withinMs = 15_000): Promise<FactOf[K]> {
    const find = () => this.factsOf(launchId).find((fact) => fact.kind === kind);
    const { fact } = await eventually(find, `${kind} of ${launchId}`, withinMs);
    return fact as FactOf[K];
  }

  /** What the stream LOGS holds of a launch. */
  async logLines(launchId: string): Promise<LogChunk['lines']> {
    const consumer = await this.nats.jetstream().consumers.get('LOGS', { filterSubjects: launchLogSubject(launchId) });
    const lines: LogChunk['lines'] = [];
    for await (const message of await consumer.fetch({ max_messages: 1_000, expires: 1_000 })) {
      lines.push(...message.json<LogChunk>().lines);
    }
    return lines;
  }

  private answer<I extends z.ZodType, O extends z.ZodType>(definition: RequestDefinition<I, O>, reply: (input: z.output<I>) => z.input<O> | undefined): void {
    this.nats.subscribe(definition.subject, {
      callback: (_error, message) => {
        const { id, data } = message.json<{ id: string; data: unknown }>();
        const value = reply(definition.input.parse(data));
        if (value === undefined) return;
        message.respond(text.encode(JSON.stringify({ id, isDisposed: true, response: { ok: true, value } })));
      },
    });
  }

  private remember<S extends z.ZodType>(definition: FactDefinition<S>, kind: LaunchFact['kind']): void {
    this.nats.subscribe(definition.subject, {
      callback: (_error, message) => void this.facts.push({ kind, fact: definition.schema.parse(message.json()) as LaunchFact['fact'] }),
    });
  }
}

/** Looks until there is something. @throws Error saying what did not come. */
export async function eventually<T>(look: () => T | undefined | Promise<T | undefined>, what: string, withinMs = 15_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`It did not come in ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
