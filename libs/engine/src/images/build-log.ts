export type StepEvent = 'begin' | 'done' | 'cached' | 'failed' | 'canceled';

/** One line of a build's output, as it is written to the log. */
export interface BuildLogLine {
  /** The step's name as BuildKit says it, `[2/4] RUN npm ci`, at most `MAX_STEP_NAME` characters; undefined outside any step. */
  step?: string;
  /** The step's number in this build, from 1, in order of appearance. */
  stepId?: number;
  /** On a `status` line: what the step has just done. Each step `begin`s once and ends once. */
  event?: StepEvent;
  /** With the event that ends a step, in whole milliseconds by the builder's clock; by this process's where it does not say. */
  durationMs?: number;
  /** When the builder says that it happened, in milliseconds since the epoch; undefined where it does not say. */
  at?: number;
  /** `status` is the builder speaking, the others the commands it runs. */
  stream: 'stdout' | 'stderr' | 'status';
  text: string;
}

/** What the log knows of the step that failed, or was running when the build was ended. */
export interface FailedStep {
  /** In full length. */
  name: string;
  id?: number;
  error: string;
  /** The step's last lines of output, oldest first: more than a failure shows, for finding what matters. */
  lastLines: string[];
}

/** How a builder's stream ended: what a step that has not said its own end has come to. */
export type StreamEnd = 'succeeded' | 'failed' | 'aborted';

/** A builder's stream of events, told as lines. */
export interface BuildLogReader {
  /** @returns the lines the event adds */
  read(event: BuilderEvent): BuildLogLine[];
  /** Lines still held back when the stream ends, and the end of each step that has none yet. */
  end(how: StreamEnd): BuildLogLine[];
  /** The step that failed, if one did. */
  failedStep(): FailedStep | null;
  /** The step that began last among those that have not ended; once the stream has, the one that it interrupted. */
  runningStep(): FailedStep | null;
  /** Digests of the images that steps began with, by the name in full (`docker.io/library/node:20`), where the builder says them. */
  digests(): ReadonlyMap<string, string>;
}

/** One JSON object of the engine's build stream. */
export interface BuilderEvent {
  id?: string;
  aux?: unknown;
  stream?: string;
  status?: string;
  progress?: string;
  error?: string;
  errorDetail?: { code?: number; message?: string };
}

/** A RUN may be kilobytes long, and its name stands on each of its lines. */
export const MAX_STEP_NAME = 256;

/** A step's name as lines carry it. */
export function stepLabel(name: string): string {
  const line = name.replace(/\s*[\r\n]+\s*/g, ' ');
  return line.length > MAX_STEP_NAME ? `${line.slice(0, MAX_STEP_NAME - 1)}…` : line;
}
