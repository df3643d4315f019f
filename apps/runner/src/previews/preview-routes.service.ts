import { Injectable } from '@nestjs/common';
import { PREVIEWS_BUCKET, PreviewRoute } from '@osiris/contracts';
import { Nats } from '@osiris/service-kit';
import { type KV, StringCodec } from 'nats';

const text = StringCodec();

/** Tells the gateways where each preview is: the KV bucket that they mirror in memory. */
@Injectable()
export class PreviewRoutes {
  private bucket: Promise<KV> | undefined;

  constructor(private readonly nats: Nats) {}

  async put(route: PreviewRoute): Promise<void> {
    await this.withBucket((kv) => kv.put(route.launchId, text.encode(JSON.stringify(route))));
  }

  /** Undefined where there is none, or none that can be read. */
  async get(launchId: string): Promise<PreviewRoute | undefined> {
    const entry = await this.withBucket((kv) => kv.get(launchId));
    if (!entry || entry.operation !== 'PUT') return undefined;
    const parsed = PreviewRoute.safeParse(jsonOf(text.decode(entry.value)));
    return parsed.success ? parsed.data : undefined;
  }

  /** Writes the route where it is missing or another one: after NATS came back empty, or the launch was extended. */
  async ensure(route: PreviewRoute): Promise<void> {
    const current = await this.get(route.launchId);
    if (current?.host === route.host && current.port === route.port && current.expiresAt === route.expiresAt) return;
    await this.put(route);
  }

  async remove(launchId: string): Promise<void> {
    await this.withBucket((kv) => kv.delete(launchId));
  }

  /** The bucket is opened once; where it is gone (NATS came back empty) it is made again and the work repeated. */
  private async withBucket<T>(work: (kv: KV) => Promise<T>): Promise<T> {
    this.bucket ??= this.nats.kv(PREVIEWS_BUCKET);
    try {
      return await work(await this.bucket);
    } catch {
      this.bucket = this.nats.kv(PREVIEWS_BUCKET);
      // A failed opening must not be remembered.
      this.bucket.catch(() => (this.bucket = undefined));
      return await work(await this.bucket);
    }
  }
}

function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
