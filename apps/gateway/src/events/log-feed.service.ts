import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { LogChunk, type LogLine } from '@osiris/contracts';
import { decodeJson, LOGGER, type Logger, Nats } from '@osiris/service-kit';
import type { Subscription } from 'nats';
import { LiveLogs } from '../logs/live-log.service';
import { LogEnds } from '../logs/log-ends.service';
import type { LogType } from './log-event';
import { HeardLog } from './heard-log';
import { type LogReceiver, LogWatcher } from './log-watcher';

const SUBJECTS: Record<LogType, string> = { 'build.log': 'logs.build.*', 'launch.log': 'logs.launch.*' };
/** Logs whose end was never heard; beyond this many the oldest is forgotten, and begins anew where it is heard again. */
const MAX_HEARD = 1_000;

interface Feed {
  subscription: Subscription;
  /** By the app whose logs they want. */
  watchers: Map<string, Set<LogWatcher>>;
  /** By NATS subject. */
  heard: Map<string, HeardLog>;
}

/** Live log lines as events, each once and in order; heard from NATS only while somebody wants them. */
@Injectable()
export class LogFeed implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly feeds = new Map<LogType, Feed>();
  private forget: () => void = () => undefined;

  constructor(
    private readonly nats: Nats,
    private readonly live: LiveLogs,
    private readonly ends: LogEnds,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.forget = this.nats.onReconnect(() => {
      for (const { heard } of this.feeds.values()) for (const log of heard.values()) void log.catchUp();
    });
  }

  beforeApplicationShutdown(): void {
    this.forget();
    for (const { subscription } of this.feeds.values()) subscription.unsubscribe();
    this.feeds.clear();
  }

  /** The logs of an app's builds or launches, from what is said next. */
  listen(type: LogType, appId: string, receiver: LogReceiver): () => void {
    const feed = this.feeds.get(type) ?? this.open(type);
    const watchers = feed.watchers.get(appId) ?? new Set();
    const watcher = new LogWatcher(type, receiver, (subject, signal) => this.live.follow(subject, () => this.ends.of(subject), signal));
    feed.watchers.set(appId, watchers.add(watcher));
    return () => {
      watcher.leave();
      watchers.delete(watcher);
      if (watchers.size === 0) feed.watchers.delete(appId);
      if (feed.watchers.size > 0 || this.feeds.get(type) !== feed) return;
      feed.subscription.unsubscribe();
      this.feeds.delete(type);
    };
  }

  private open(type: LogType): Feed {
    const subscription = this.nats.connection.subscribe(SUBJECTS[type], {
      callback: (error, message) => {
        if (!error) this.hear(feed, message.subject, message.data);
      },
    });
    const feed: Feed = { subscription, watchers: new Map(), heard: new Map() };
    this.feeds.set(type, feed);
    return feed;
  }

  private hear(feed: Feed, subject: string, data: Uint8Array): void {
    const known = feed.heard.get(subject);
    // Floods of logs that nobody watches are not even read.
    if (known && !feed.watchers.has(known.appId)) {
      known.pass();
      return;
    }
    const decoded = decodeJson(data);
    const chunk = LogChunk.safeParse('value' in decoded ? decoded.value : undefined);
    if (!chunk.success) return;
    const log = known ?? this.remember(feed, subject, chunk.data.appId);
    log.hear(chunk.data);
    if (chunk.data.end) feed.heard.delete(subject);
  }

  private remember(feed: Feed, subject: string, appId: string): HeardLog {
    const tell = (chunk: LogChunk, lines: readonly LogLine[]): void => {
      for (const watcher of feed.watchers.get(appId) ?? []) watcher.tell(subject, chunk, lines);
    };
    const log = new HeardLog(appId, tell, (after) => this.live.kept(subject, after), this.logger);
    feed.heard.set(subject, log);
    const oldest = feed.heard.keys().next();
    if (feed.heard.size > MAX_HEARD && !oldest.done) feed.heard.delete(oldest.value);
    return log;
  }
}
