import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { type EventType, type HubEvent, LogChunk } from '@osiris/contracts';
import { decodeJson, Nats } from '@osiris/service-kit';
import type { Subscription } from 'nats';

type LogType = Extract<EventType, 'build.log' | 'launch.log'>;
export interface LogEvent {
  type: LogType;
  subject: string;
  text: string;
}
const SUBJECTS: Record<LogType, string> = { 'build.log': 'logs.build.*', 'launch.log': 'logs.launch.*' };

/** Live log lines as events; heard from NATS only while somebody wants them. */
@Injectable()
export class LogFeed implements BeforeApplicationShutdown {
  private readonly listeners: Record<LogType, Set<(event: LogEvent) => void>> = { 'build.log': new Set(), 'launch.log': new Set() };
  private readonly subscriptions = new Map<LogType, Subscription>();

  constructor(private readonly nats: Nats) {}

  listen(type: LogType, listener: (event: LogEvent) => void): () => void {
    const listeners = this.listeners[type];
    listeners.add(listener);
    if (!this.subscriptions.has(type)) this.subscriptions.set(type, this.subscribe(type));
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      this.subscriptions.get(type)?.unsubscribe();
      this.subscriptions.delete(type);
    };
  }

  beforeApplicationShutdown(): void {
    for (const subscription of this.subscriptions.values()) subscription.unsubscribe();
    this.subscriptions.clear();
  }

  private subscribe(type: LogType): Subscription {
    return this.nats.connection.subscribe(SUBJECTS[type], {
      callback: (error, message) => {
        if (error) return;
        const decoded = decodeJson(message.data);
        const chunk = LogChunk.safeParse('value' in decoded ? decoded.value : undefined);
        if (!chunk.success) return;
        const event = { type, subject: chunk.data.appId, text: JSON.stringify(asEvent(type, chunk.data)) };
        for (const listener of this.listeners[type]) listener(event);
      },
    });
  }
}

/** Without a sequence: logs are resumed by their lines' own numbers. */
function asEvent(type: LogType, chunk: LogChunk): HubEvent {
  const owner = chunk.buildId ?? chunk.launchId ?? chunk.appId;
  const place = chunk.end ? 'end' : String(chunk.lines[0]?.seq ?? 0);
  return {
    specversion: '1.0',
    id: `${owner}:${chunk.run || chunk.attempt}:${place}`,
    source: '/gateway',
    type,
    subject: chunk.appId,
    time: new Date().toISOString(),
    data: chunk,
  };
}
