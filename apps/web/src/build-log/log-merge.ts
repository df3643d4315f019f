import type { LogChunk, LogLine } from '@osiris/contracts';

/**
 * A log put together from two sources: lines served over HTTP and live chunks. Both number their lines, so it does not
 * matter which comes first or what comes twice; lines beyond a hole wait until it is filled.
 */
export interface MergeState {
  /** Of the live lines; 0 while only served ones are known, which are always of the newest run. */
  attempt: number;
  run: string;
  /** The last line before any hole. */
  last: LogLine | null;
  /** Beyond a hole, by number; not all of them where there are very many. */
  waiting: ReadonlyMap<number, LogLine>;
  /** The highest number of any live line. */
  heard: number;
  ended: boolean;
}

export const nothingYet: MergeState = { attempt: 0, run: '', last: null, waiting: new Map(), heard: 0, ended: false };

export interface Merged {
  state: MergeState;
  /** What was there before is void: the job began anew. */
  restart: boolean;
  /** What came is void: it is of a run that is over, and what is served now is no help. */
  stale: boolean;
  /** The lines that follow what is there, in order. */
  append: readonly LogLine[];
}

/** How many lines are there without a hole. */
export const countOf = (state: MergeState): number => state.last?.seq ?? 0;

/** Whether live lines have come beyond a hole: the served log is needed up to there. */
export const hasHole = (state: MergeState): boolean => state.heard > countOf(state);

/** More are not held: the served log brings them too. */
const MOST_WAITING = 5_000;

/**
 * Served lines. One that differs from the line of that number is of another run: where it was written later, the log was begun anew
 * unheard; where it was written earlier, the gateway still serves the run before (a run's lines are all written after those of the
 * run that it replaces), and nothing of it may come among the newer lines.
 */
export function mergeServed(state: MergeState, lines: readonly LogLine[]): Merged {
  const { last } = state;
  for (const line of lines) {
    const known = line.seq === last?.seq ? last : state.waiting.get(line.seq);
    if (!known || sameLine(line, known)) continue;
    const stale = Date.parse(line.at) < Date.parse(known.at);
    return { state: stale ? state : nothingYet, restart: !stale, stale, append: [] };
  }
  return { ...put(state, lines), restart: false, stale: false };
}

type LiveChunk = Pick<LogChunk, 'attempt' | 'run' | 'lines' | 'end'>;

/** A live chunk. One of an attempt or a run that is over is dropped. */
export function mergeLive(state: MergeState, chunk: LiveChunk): Merged {
  const { attempt, run } = chunk;
  let next = state;
  let restart = false;
  if (state.attempt === 0) next = { ...state, attempt, run };
  else if (beginsAnew(state, chunk)) {
    next = { ...nothingYet, attempt, run };
    restart = true;
  } else if (attempt !== state.attempt || run !== state.run) return { state, restart, stale: true, append: [] };
  const merged = put(next, chunk.lines);
  const heard = Math.max(next.heard, chunk.lines.at(-1)?.seq ?? 0);
  return { state: { ...merged.state, heard, ended: next.ended || chunk.end }, restart, stale: false, append: merged.append };
}

function beginsAnew(state: MergeState, chunk: LiveChunk): boolean {
  if (chunk.attempt !== state.attempt) return chunk.attempt > state.attempt;
  // A run begins at line 1; what goes on further down is of a worker that does not know yet that it was replaced.
  return chunk.run !== state.run && chunk.lines[0]?.seq === 1;
}

const sameLine = (one: LogLine, other: LogLine): boolean => one.text === other.text && one.at === other.at;

function put(state: MergeState, lines: readonly LogLine[]): Omit<Merged, 'restart' | 'stale'> {
  const append: LogLine[] = [];
  let next = countOf(state) + 1;
  let waiting: Map<number, LogLine> | null = null;
  for (const line of lines) {
    if (line.seq === next) {
      append.push(line);
      next++;
    } else if (line.seq > next && state.waiting.size < MOST_WAITING && !state.waiting.has(line.seq)) {
      waiting ??= new Map(state.waiting);
      waiting.set(line.seq, line);
    }
    // What waits may follow now.
    for (let held = (waiting ?? state.waiting).get(next); held; held = (waiting ?? state.waiting).get(next)) {
      append.push(held);
      next++;
    }
  }
  const known = waiting ?? state.waiting;
  // Rebuilt only where something left it: it may hold many.
  const left = [...known.keys()].some((seq) => seq < next) ? new Map([...known].filter(([seq]) => seq >= next)) : known;
  const last = append.at(-1) ?? state.last;
  return { state: left === state.waiting && last === state.last ? state : { ...state, waiting: left, last }, append };
}
