import { type App, artifactDownloadSign, type Build, DomainError, type HubEvent, type Launch, type RequestDefinition } from '@osiris/contracts';
import * as requests from '@osiris/contracts';
import { connect, type NatsConnection } from 'nats';

type Answer = (input: unknown) => unknown;

/**
 * Answers the catalog's requests over a real NATS, in the envelope of Nest's transport, from what a test has put in: the
 * gateway is tested alone, the catalog has tests of its own.
 */
export class FakeCatalog {
  readonly builds = new Map<string, Build>();
  readonly launches = new Map<string, Launch>();
  readonly events: HubEvent[] = [];
  /** Answers by subject, before the built-in ones. */
  readonly answers = new Map<string, Answer>();
  readonly seen: { subject: string; input: unknown; traceparent: string | undefined }[] = [];
  /** URL of the stored log by its build's or launch's id. */
  readonly artifacts = new Map<string, string>();
  /** Of artifacts whose owner begins with `pic_`. */
  pictureType = 'image/png';
  pictureBytes = 0;
  /** Events up to and with this sequence are no longer kept. */
  forgotten = 0;

  private constructor(private readonly connection: NatsConnection) {}

  static async start(url: string): Promise<FakeCatalog> {
    const connection = await connect({ servers: url, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
    const catalog = new FakeCatalog(connection);
    for (const subject of ['catalog.>', 'artifact.>']) {
      connection.subscribe(subject, {
        callback: (_error, message) => {
          const { id, data } = message.json<{ id: string; data: unknown }>();
          const response = catalog.reply(message.subject, data, message.headers?.get('traceparent'));
          message.respond(JSON.stringify({ id, response, isDisposed: true }));
        },
      });
    }
    await connection.flush();
    return catalog;
  }

  /** Commits an event and, unless it is to be lost on the way, publishes it. */
  change(event: Omit<HubEvent, 'specversion' | 'id' | 'source' | 'time' | 'sequence'>, { lost = false, skip = 1 } = {}): number {
    const previousSequence = this.events.at(-1)?.sequence ?? null;
    const sequence = (previousSequence ?? 0) + skip;
    const whole: HubEvent = { specversion: '1.0', id: `e${sequence}`, source: '/catalog', time: new Date().toISOString(), sequence, ...event };
    this.events.push(whole);
    if (!lost) this.publish(whole, previousSequence);
    return sequence;
  }

  publish(event: HubEvent, previousSequence: number | null): void {
    this.connection.publish(requests.changeSubject(event.type), JSON.stringify({ event, previousSequence }));
  }

  async stop(): Promise<void> {
    await this.connection.close();
  }

  private reply(subject: string, input: unknown, traceparent: string | undefined): unknown {
    this.seen.push({ subject, input, traceparent });
    try {
      const answer = this.answers.get(subject) ?? this.builtIn(subject);
      return { ok: true, value: answer(input) };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { ok: false, error: { code: error.code, message: error.message, errors: error.errors, retryAfterSeconds: error.retryAfterSeconds } };
    }
  }

  private builtIn(subject: string): Answer {
    const byId = <T>(rows: Map<string, T>) => (input: unknown): T => {
      const row = rows.get((input as { id: string }).id);
      if (!row) throw new DomainError('NOT_FOUND', 'There is no such thing');
      return row;
    };
    const table: [RequestDefinition, Answer][] = [
      [requests.buildGet, byId(this.builds)],
      [requests.launchGet, byId(this.launches)],
      [requests.eventList, (input) => this.listEvents(input as { after: number; limit: number })],
      [requests.artifactLog, (input) => ({ artifactId: this.logOf((input as { ownerId: string }).ownerId) })],
      [requests.artifactGet, (input) => this.artifact((input as { id: string }).id)],
      [artifactDownloadSign, (input) => ({ url: (input as { objectKey: string }).objectKey, expiresAt: new Date().toISOString() })],
      [requests.appGet, () => { throw new DomainError('NOT_FOUND', 'There is no such app'); }],
    ];
    const found = table.find(([definition]) => definition.subject === subject);
    if (!found) throw new DomainError('NOT_IMPLEMENTED', `The test did not say what ${subject} answers`);
    return found[1];
  }

  private listEvents({ after, limit }: { after: number; limit: number }) {
    const latest = this.events.at(-1)?.sequence ?? 0;
    const reset = after < this.forgotten;
    const items = reset ? [] : this.events.filter(({ sequence = 0 }) => sequence > after).slice(0, limit);
    return { items, reset, latest };
  }

  private logOf(ownerId: string): string | null {
    return this.artifacts.has(ownerId) ? artifactIdOf(ownerId) : null;
  }

  private artifact(id: string) {
    const owner = [...this.artifacts.keys()].find((key) => artifactIdOf(key) === id);
    if (owner === undefined) throw new DomainError('NOT_FOUND', 'There is no such artifact');
    const of = owner.startsWith('pic_') ? { kind: 'picture', contentType: this.pictureType, bytes: this.pictureBytes } : { kind: 'build-log', contentType: 'text/plain', bytes: 0 };
    const artifact = { id, ...of, appId: APP_ID, sha256: '0'.repeat(64), url: `/artifacts/${id}/content`, createdAt: new Date().toISOString() };
    return { artifact, objectKey: this.artifacts.get(owner) };
  }
}

export const APP_ID = 'app_01gatewaytest';
export const artifactIdOf = (owner: string): string => owner.replace(/^[a-z]+_/, 'art_');

export function aLaunch(id: string, overrides: Partial<Launch> = {}): Launch {
  return {
    id,
    appId: APP_ID,
    buildId: 'bld_01gatewaytest',
    status: 'running',
    previewUrl: null,
    error: null,
    profile: 'small',
    createdAt: '2026-01-01T00:00:00.000Z',
    startedAt: '2026-01-01T00:00:01.000Z',
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
    timings: { queuedMs: 1, startMs: 1, readyMs: 1 },
    ...overrides,
  };
}

export function aBuild(id: string, overrides: Partial<Build> = {}): Build {
  return {
    id,
    appId: APP_ID,
    commitSha: 'a'.repeat(40),
    status: 'running',
    error: null,
    image: null,
    log: null,
    queuedAt: '2026-01-01T00:00:00.000Z',
    startedAt: null,
    completedAt: null,
    durationMs: null,
    ...overrides,
  };
}

export function anApp(overrides: Partial<App> = {}): App {
  return {
    id: APP_ID,
    slug: 'owner/name',
    name: 'name',
    description: '',
    repoUrl: 'https://example.org/owner/name',
    ref: null,
    dockerfilePath: null,
    ingestStatus: 'ready',
    ingestError: null,
    ingestAttempts: 1,
    commitSha: null,
    lastIngestedAt: null,
    ingestWarnings: [],
    dockerfile: null,
    tags: [],
    media: [],
    latestBuild: null,
    launchable: false,
    latestLaunch: null,
    popularity: { launches: 0, launches7d: 0 },
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...overrides,
  };
}
