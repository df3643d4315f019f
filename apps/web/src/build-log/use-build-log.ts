import type { LogChunk } from '@osiris/contracts';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/api-error';
import { type ConnectionState, EventSocket } from '../events/event-socket';
import { LogBook } from './log-book';
import { countOf, hasHole, type Merged, mergeLive, mergeServed, nothingYet } from './log-merge';
import { readServedLog } from './read-served-log';

export interface BuildLogSource {
  buildId: string;
  appId: string;
  /** Whether more can still come. */
  live: boolean;
}

export interface BuildLogState {
  /** Grows in place: `version` is another one whenever it did. */
  book: LogBook;
  version: number;
  /** Nothing more is being read. */
  settled: boolean;
  /** Why nothing can be read. */
  error: ApiError | null;
}

const RETRY_MS = 1_500;

/**
 * Follows a build's log: what is there already is served, what comes from now on comes as live chunks. What is served is read only
 * until it meets the live lines, so that a watched build does not hold a connection of its own.
 */
export function useBuildLog({ buildId, appId, live }: BuildLogSource): BuildLogState {
  const [shown, setShown] = useState<BuildLogState>(() => ({ book: new LogBook(), version: 0, settled: false, error: null }));

  /** Reads on where the build has ended and its last line was not heard: a killed worker sends no last chunk. */
  const onEnd = useRef<() => void>(() => undefined);
  const wasLive = useRef(live);

  useEffect(() => {
    let book = new LogBook();
    let state = nothingYet;
    let reading: AbortController | null = null;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let frame = 0;
    let settled = false;
    let error: ApiError | null = null;

    // Lines come in bursts; the page is drawn once a frame.
    const draw = (): void => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        setShown({ book, version: book.version, settled, error });
      });
    };
    const take = (merged: Merged): void => {
      state = merged.state;
      if (merged.restart) book = new LogBook();
      if (merged.append.length > 0) book.append(merged.append);
      if (merged.restart || merged.append.length > 0) draw();
    };

    const readRest = (): void => {
      reading?.abort();
      clearTimeout(retry);
      const mine = new AbortController();
      reading = mine;
      // The last line that is known comes again: by it one sees that the log was begun anew meanwhile.
      const after = Math.max(0, countOf(state) - 1);
      const again = (): void => {
        if (reading === mine) retry = setTimeout(readRest, RETRY_MS);
      };
      readServedLog(buildId, after, mine.signal, (lines) => {
        if (mine.signal.aborted) return;
        const liveWaiting = hasHole(state);
        const merged = mergeServed(state, lines);
        take(merged);
        if (merged.restart) readRest();
        else if (merged.stale) {
          // The run before is still served; by then this one is.
          again();
          mine.abort();
        } else if (liveWaiting && !hasHole(state)) mine.abort();
      })
        .then(() => {
          // What came to its end was given up: it is not the log that is shown.
          if (mine.signal.aborted) return;
          settled = true;
          error = null;
          draw();
        })
        .catch((problem: unknown) => {
          if (mine.signal.aborted) return;
          const known = problem instanceof ApiError ? problem : ApiError.noAnswer();
          error = countOf(state) === 0 ? known : null;
          // A log that breaks off in the middle is told by the connection, not by an answer.
          if (live || known.transient) again();
          draw();
        })
        .finally(() => {
          if (reading === mine && mine.signal.aborted) reading = null;
        });
    };

    const receive = (chunk: LogChunk): void => {
      if (chunk.buildId !== buildId) return;
      const merged = mergeLive(state, chunk);
      take(merged);
      if (merged.restart) {
        // What is being read is of the run before, and so may be what is served for a while yet: this run's lines come by themselves.
        reading?.abort();
        clearTimeout(retry);
        reading = null;
        settled = false;
        error = null;
      }
      const idle = reading === null || settled;
      if (hasHole(state) && idle) {
        settled = false;
        readRest();
      }
    };

    let opened = false;
    const connected = (connection: ConnectionState): void => {
      if (connection !== 'open') return;
      // After a drop the last lines may have passed unheard, and none may follow that would show the hole.
      if (opened) readRest();
      opened = true;
    };

    onEnd.current = () => {
      if (!state.ended || hasHole(state)) readRest();
    };
    setShown({ book, version: 0, settled: false, error: null });
    readRest();
    const socket = live
      ? new EventSocket({
          types: 'build.log',
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
      reading = null;
      socket?.close();
    };
    // `live` only decides whether to listen at the start: a log that ends while watched needs no new reading.
  }, [buildId, appId]);

  useEffect(() => {
    if (wasLive.current && !live) onEnd.current();
    wasLive.current = live;
  }, [live]);

  return shown;
}
