import type { LogChunk } from '@osiris/contracts';
import { useEffect, useState } from 'react';
import { ApiError } from '../api/api-error';
import { readText } from '../api/http.client';
import { type ConnectionState, EventSocket } from '../events/event-socket';
import { addChunk, addText, beginsAnew, hasHole, type LogLines, noLines } from './log-lines';
import { createLineCutter } from '../build-log/read-lines';
import { logPath } from './log-path';

export interface LogSource {
  kind: 'build' | 'launch';
  /** Of the build or the launch. */
  id: string;
  appId: string;
  /** Whether more can still come. */
  live: boolean;
}

const RETRY_MS = 1_500;

/**
 * Follows a log: what is there already comes as text, what comes from now on as live chunks. The text is read
 * only until it meets the live lines, so that a watched build does not hold a connection of its own.
 */
export function useLog({ kind, id, appId, live }: LogSource): LogLines {
  const [log, setLog] = useState(noLines);

  useEffect(() => {
    let current = noLines;
    let reading: AbortController | null = null;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let frame = 0;

    const take = (next: LogLines): void => {
      if (next === current) return;
      current = next;
      // Lines come in bursts; the page is drawn once a frame.
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        setLog(current);
      });
    };

    const readRest = (): void => {
      reading?.abort();
      const mine = new AbortController();
      reading = mine;
      const cut = createLineCutter();
      let next = current.complete + 1;
      // A launch's log is served to its present end unless asked for what is to come; a build's always goes to its end.
      const follow = kind === 'launch' && live ? '&follow=true' : '';
      readText(`${logPath(kind, id)}?after=${current.complete}${follow}`, mine.signal, (text) => {
        const lines = cut(text);
        const liveWaiting = hasHole(current);
        take(addText(current, next, lines));
        next += lines.length;
        if (liveWaiting && !hasHole(current)) mine.abort();
      })
        .catch((error: unknown) => {
          const again = live || (error instanceof ApiError && error.transient);
          if (!mine.signal.aborted && again) retry = setTimeout(readRest, RETRY_MS);
        })
        .finally(() => {
          if (reading === mine) reading = null;
        });
    };

    const receive = (chunk: LogChunk): void => {
      if ((kind === 'build' ? chunk.buildId : chunk.launchId) !== id) return;
      const anew = beginsAnew(current, chunk);
      take(addChunk(current, chunk));
      if (anew || (hasHole(current) && !reading)) readRest();
    };

    let opened = false;
    const connected = (state: ConnectionState): void => {
      if (state !== 'open') return;
      // After a drop the last lines may have passed unheard, and none may follow that would show the hole.
      if (opened) readRest();
      opened = true;
    };

    setLog(noLines);
    readRest();
    const socket = live
      ? new EventSocket({
          types: `${kind}.log`,
          subject: appId,
          onEvent: (event) => receive(event.data as unknown as LogChunk),
          onState: connected,
          onGap: () => undefined,
        })
      : null;
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(retry);
      reading?.abort();
      socket?.close();
    };
    // `live` only decides whether to listen at the start: a log that ends while watched needs no new reading.
  }, [kind, id, appId]);

  return log;
}
