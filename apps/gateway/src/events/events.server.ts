import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AppId, DomainError, eventList } from '@osiris/contracts';
import { ENV, gauge, LOGGER, type Logger, Requests } from '@osiris/service-kit';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import type { GatewayEnv } from '../env';
import { PROBLEM_TYPE, problemOf } from '../http/problem';
import { refuseUpgrade } from '../http/refuse-upgrade';
import { continuedTrace } from '../http/trace.hook';
import { hostPolicy } from '../security/hosts';
import { checkSite } from '../security/same-site.hook';
import { ChangeFeed } from './change-feed.service';
import { EventClient } from './event-client';
import { type EventFilter, parseEventFilter, wants, wantsInParticular } from './event-filter';
import { LogFeed } from './log-feed.service';
import { StatsFeed } from './stats-feed.service';

const PING_MS = 25_000;
const PAGE = 500;
const RESUME_TRIES = 5;
/** Clients say nothing but pongs and goodbyes. */
const MAX_MESSAGE_BYTES = 4_096;
const connected = gauge('osiris_event_clients', 'WebSockets open on /events');

/** `GET /events`. */
@Injectable()
export class EventsServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  private readonly answering = new WeakSet<WebSocket>();
  private pinging: NodeJS.Timeout | undefined;

  constructor(
    private readonly changes: ChangeFeed,
    private readonly logs: LogFeed,
    private readonly stats: StatsFeed,
    private readonly requests: Requests,
    @Inject(ENV) private readonly env: GatewayEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.pinging = setInterval(() => this.ping(), PING_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.pinging);
    for (const socket of this.server.clients) {
      socket.close(1001, 'The hub is shutting down');
      setTimeout(() => socket.terminate(), 500).unref();
    }
  }

  /** Answers an upgrade on the hub's own host: events, or a problem before anything is upgraded. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    let filter: EventFilter;
    try {
      const url = new URL(request.url ?? '/', 'http://hub');
      // A browser opens WebSockets across origins without asking: this one is looked at like a change.
      checkSite(hostPolicy(this.env), request.headers, true);
      if (url.pathname !== '/events') throw new DomainError('NOT_FOUND', 'No WebSocket is served at this address.');
      filter = parseEventFilter(url.searchParams);
    } catch (error) {
      const { problem, headers } = problemOf(error, continuedTrace(request.headers['traceparent']).slice(3, 35));
      refuseUpgrade(socket, problem.status, { ...headers, 'content-type': PROBLEM_TYPE }, JSON.stringify(problem));
      return;
    }
    this.server.handleUpgrade(request, socket, head, (webSocket) => this.serve(webSocket, filter));
  }

  private serve(socket: WebSocket, filter: EventFilter): void {
    const client = new EventClient(filter, socket);
    const leave = [this.changes.listen(client)];
    for (const type of ['build.log', 'launch.log'] as const) {
      if (filter.subject !== null && wantsInParticular(filter, type)) leave.push(this.logs.listen(type, filter.subject, client));
    }
    // An id of another shape is no app's, and would be a pattern of NATS.
    if (filter.subject !== null && AppId.safeParse(filter.subject).success && wantsInParticular(filter, 'launch.stats')) leave.push(this.stats.listen(filter.subject, client));
    connected.inc();
    this.answering.add(socket);
    socket.on('pong', () => this.answering.add(socket));
    socket.on('error', () => socket.terminate());
    socket.once('close', () => {
      connected.dec();
      leave.forEach((end) => end());
    });
    if (filter.after === null) client.goLive(this.changes.latest ?? 0);
    else {
      this.resume(client, filter.after).catch((error: unknown) => {
        this.logger.warn({ err: error }, 'An event client could not resume');
        client.close('The hub cannot say what was missed: try again');
      });
    }
  }

  /** Sends what came after `cursor` until the client has all that the live feed has told, then joins it there. */
  private async resume(client: EventClient, after: number): Promise<void> {
    let cursor = after;
    for (let failures = 0; client.open; ) {
      const page = await this.requests.send(eventList, { after: cursor, limit: PAGE }).catch((error: unknown) => {
        failures += 1;
        if (failures >= RESUME_TRIES) throw error;
        return undefined;
      });
      if (!page) {
        await delay(500);
        continue;
      }
      if (page.reset || page.latest < cursor) {
        client.reset(page.latest);
        cursor = page.latest;
      }
      for (const event of page.reset ? [] : page.items) {
        if (event.sequence === undefined || event.sequence <= cursor) continue;
        if (wants(client.filter, event)) await client.sendPaced(this.changes.toFeedEvent(event).text);
        cursor = event.sequence;
      }
      // No await between this look and going live: nothing can be told in between.
      const told = this.changes.latest;
      if (told !== null && cursor >= told && page.items.length < PAGE) return client.goLive(cursor);
      if (page.items.length === 0) await delay(50);
    }
  }

  private ping(): void {
    for (const socket of this.server.clients) {
      if (!this.answering.has(socket)) socket.terminate();
      else {
        this.answering.delete(socket);
        socket.ping();
      }
    }
  }
}
