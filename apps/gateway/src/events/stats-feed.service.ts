import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { type HubEvent, LaunchStats, launchStatsSubject } from '@osiris/contracts';
import { decodeJson, Nats } from '@osiris/service-kit';
import type { Subscription } from 'nats';

/** Of one client, what may wait to be sent before figures are left out for it: the next ones say more than those. */
const LAGGING_BYTES = 64 * 1024;

/** A client that wants figures. */
export interface StatsReceiver {
  /** Bytes that wait in this process's memory to be sent to it. */
  readonly backlog: number;
  send(bytes: Buffer): void;
}

interface Feed {
  subscription: Subscription;
  receivers: Set<StatsReceiver>;
}

/** What running launches use, as events; heard from NATS only while somebody wants them. Nothing is kept: late figures say nothing. */
@Injectable()
export class StatsFeed implements BeforeApplicationShutdown {
  /** By app. */
  private readonly feeds = new Map<string, Feed>();

  constructor(private readonly nats: Nats) {}

  beforeApplicationShutdown(): void {
    for (const { subscription } of this.feeds.values()) subscription.unsubscribe();
    this.feeds.clear();
  }

  /** The figures of an app's launches, from the next ones on. @param appId as the client gave it */
  listen(appId: string, receiver: StatsReceiver): () => void {
    const feed = this.feeds.get(appId) ?? this.open(appId);
    feed.receivers.add(receiver);
    return () => {
      feed.receivers.delete(receiver);
      if (feed.receivers.size > 0 || this.feeds.get(appId) !== feed) return;
      feed.subscription.unsubscribe();
      this.feeds.delete(appId);
    };
  }

  private open(appId: string): Feed {
    const receivers = new Set<StatsReceiver>();
    const subscription = this.nats.connection.subscribe(launchStatsSubject(appId), {
      callback: (error, message) => {
        if (!error) tell(receivers, message.data);
      },
    });
    const feed = { subscription, receivers };
    this.feeds.set(appId, feed);
    return feed;
  }
}

function tell(receivers: ReadonlySet<StatsReceiver>, data: Uint8Array): void {
  const decoded = decodeJson(data);
  const stats = LaunchStats.safeParse('value' in decoded ? decoded.value : undefined);
  if (!stats.success) return;
  const bytes = Buffer.from(JSON.stringify(asEvent(stats.data)));
  for (const receiver of receivers) if (receiver.backlog <= LAGGING_BYTES) receiver.send(bytes);
}

/** Without a sequence: there is nothing to resume. */
function asEvent(stats: LaunchStats): HubEvent {
  const { appId, launchId, at } = stats;
  return { specversion: '1.0', id: `${launchId}:stats:${at}`, source: '/gateway', type: 'launch.stats', subject: appId, time: at, data: { ...stats } };
}
