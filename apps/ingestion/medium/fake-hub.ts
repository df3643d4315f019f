import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { artifactUploadSign, leaseClaim, leaseRenew, type RequestDefinition } from '@osiris/contracts';
import { connect, JSONCodec, type NatsConnection } from 'nats';

/** A message of Nest's NATS transport: what it sends, and what it expects back. */
interface Packet {
  id: string;
  data: unknown;
}

export interface Upload {
  owner: { appId: string; ingestionId?: string };
  id: string;
  kind: string;
  contentType: string;
  contentEncoding?: string;
  /** Of what was compressed, what it was. */
  text: string;
  bytes: Buffer;
}

/**
 * Stands in for the catalog and the artifact service, so that what ingestion does is seen alone. Answers leases as it
 * is told, keeps what is uploaded, and listens to every fact.
 */
export class FakeHub {
  claim: (id: string) => { granted: boolean; reason: 'superseded' | 'leased' | null } = () => ({ granted: true, reason: null });
  renew: (id: string) => { granted: boolean } = () => ({ granted: true });
  storeIsAway = false;
  readonly uploads: Upload[] = [];
  readonly facts: { subject: string; fact: Record<string, unknown> }[] = [];

  private constructor(
    private readonly connection: NatsConnection,
    private readonly objects: Server,
  ) {}

  static async start(natsUrl: string): Promise<FakeHub> {
    const connection = await connect({ servers: natsUrl });
    const objects = createServer();
    await new Promise<void>((resolve) => objects.listen(0, '127.0.0.1', resolve));
    const hub = new FakeHub(connection, objects);
    hub.answer(leaseClaim, (input) => hub.claim((input as { id: string }).id));
    hub.answer(leaseRenew, (input) => hub.renew((input as { id: string }).id));
    const pending = new Map<string, Omit<Upload, 'id' | 'text' | 'bytes'>>();
    hub.answer(artifactUploadSign, (input) => {
      const id = `art_${String(pending.size).padStart(10, '0')}`;
      pending.set(id, input as Omit<Upload, 'id' | 'text' | 'bytes'>);
      return { id, uploadUrl: `http://127.0.0.1:${(objects.address() as AddressInfo).port}/${id}`, expiresAt: new Date().toISOString() };
    });
    objects.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        if (hub.storeIsAway) return response.writeHead(503).end();
        const id = request.url?.slice(1) ?? '';
        const upload = pending.get(id);
        const bytes = Buffer.concat(chunks);
        if (upload) hub.uploads.push({ ...upload, id, text: (upload.contentEncoding === 'gzip' ? gunzipSync(bytes) : bytes).toString(), bytes });
        return response.end(JSON.stringify({ id, bytes: 1, sha256: '' }));
      });
    });
    for (const subject of ['facts.ingestion.>', 'facts.repository.>', 'facts.job.>']) {
      connection.subscribe(subject, {
        callback: (_error, message) => hub.facts.push({ subject: message.subject, fact: JSONCodec<Record<string, unknown>>().decode(message.data) }),
      });
    }
    await connection.flush();
    return hub;
  }

  /** The facts of one ingestion, once `until` holds for them. */
  async factsOf(ingestionId: string, until: (subjects: string[]) => boolean): Promise<{ subject: string; fact: Record<string, unknown> }[]> {
    for (let tries = 0; tries < 300; tries++) {
      const own = this.facts.filter(({ fact }) => (fact['ingestionId'] ?? (fact['payload'] as Record<string, unknown> | undefined)?.['ingestionId']) === ingestionId);
      if (until(own.map(({ subject }) => subject))) return own;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`Waited 15 s for facts of ${ingestionId}; there were ${JSON.stringify(this.facts, null, 1)}`);
  }

  /** What was answered to a check of a repository. */
  async checkOf(checkId: string): Promise<Record<string, unknown>> {
    for (let tries = 0; tries < 300; tries++) {
      const found = this.facts.find(({ fact }) => fact['checkId'] === checkId);
      if (found) return found.fact;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`Waited 15 s for the answer to ${checkId}`);
  }

  async stop(): Promise<void> {
    await this.connection.close();
    this.objects.closeAllConnections();
    await new Promise((resolve) => this.objects.close(resolve));
  }

  private answer(definition: RequestDefinition, answer: (input: unknown) => unknown): void {
    const codec = JSONCodec<unknown>();
    this.connection.subscribe(definition.subject, {
      callback: (_error, message) => {
        const packet = codec.decode(message.data) as Packet;
        message.respond(codec.encode({ id: packet.id, response: { ok: true, value: answer(packet.data) }, isDisposed: true }));
      },
    });
  }
}
