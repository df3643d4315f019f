import type { EventType, HubEvent, LogChunk, LogLine } from '@osiris/contracts';

export type LogType = Extract<EventType, 'build.log' | 'launch.log'>;

const written = new WeakMap<readonly LogLine[], Buffer>();

/** Some of a chunk's lines as an event. The same lines are written out once, however many clients get them. */
export function logEventBytes(type: LogType, chunk: LogChunk, lines: readonly LogLine[]): Buffer {
  const known = written.get(lines);
  if (known) return known;
  const bytes = Buffer.from(JSON.stringify(asEvent(type, lines === chunk.lines ? chunk : { ...chunk, lines: [...lines] })));
  if (lines.length > 0) written.set(lines, bytes);
  return bytes;
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
