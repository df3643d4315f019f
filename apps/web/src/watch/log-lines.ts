import type { LogChunk } from '@osiris/contracts';

/**
 * A log put together from two sources: the text served over HTTP, which knows only its position, and live chunks,
 * whose lines carry their number. Lines are kept by number, so it does not matter which comes first or twice.
 */
export interface LogLines {
  /** Where it is higher than before, the job began anew and earlier lines are void. */
  attempt: number;
  /** Of the live lines; empty while only served text is known. A job delivered again begins another one. */
  run: string;
  /** Line n is at n - 1; a hole is a line not yet come. */
  lines: readonly (string | undefined)[];
  /** How many lines from the first on are there without a hole. */
  complete: number;
  ended: boolean;
}

export const noLines: LogLines = { attempt: 0, run: '', lines: [], complete: 0, ended: false };

function put(log: LogLines, numbered: readonly { seq: number; text: string }[]): LogLines {
  if (numbered.length === 0) return log;
  const lines = log.lines.slice();
  for (const { seq, text } of numbered) lines[seq - 1] ??= text;
  let complete = log.complete;
  while (complete < lines.length && lines[complete] !== undefined) complete++;
  return { ...log, lines, complete };
}

/** Lines of the served text, the first of them having number `first`. */
export function addText(log: LogLines, first: number, texts: readonly string[]): LogLines {
  return put(log, texts.map((text, index) => ({ seq: first + index, text })));
}

type LiveChunk = Pick<LogChunk, 'attempt' | 'run' | 'lines' | 'end'>;

/** Whether the chunk begins the log anew: every line known is void. */
export function beginsAnew(log: LogLines, chunk: LiveChunk): boolean {
  // 0 means that only served text is known, which is always of the newest run.
  if (log.attempt === 0 || chunk.attempt !== log.attempt) return log.attempt > 0 && chunk.attempt > log.attempt;
  // A run begins at line 1; what goes on further down is of a worker that does not know yet that it was replaced.
  return chunk.run !== log.run && chunk.lines[0]?.seq === 1;
}

/** A live chunk. One of an attempt or a run that is over is dropped. */
export function addChunk(log: LogLines, chunk: LiveChunk): LogLines {
  const { attempt, run } = chunk;
  let next = log;
  if (log.attempt === 0) next = { ...log, attempt, run };
  else if (beginsAnew(log, chunk)) next = { ...noLines, attempt, run };
  else if (attempt !== log.attempt || run !== log.run) return log;
  next = put(next, chunk.lines);
  return chunk.end ? { ...next, ended: true } : next;
}

/** Whether live lines have come beyond a hole: the served text is needed up to there. */
export function hasHole(log: LogLines): boolean {
  return log.complete < log.lines.length;
}

/** The lines to show: those without a hole before them. */
export function readable(log: LogLines): string[] {
  return log.lines.slice(0, log.complete) as string[];
}
