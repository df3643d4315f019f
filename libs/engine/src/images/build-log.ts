export type StepEvent = 'begin' | 'done' | 'cached' | 'failed' | 'canceled';

/** One line of a build's output, as it is written to the log. */
export interface BuildLogLine {
  /** The step's name as BuildKit says it, `[2/4] RUN npm ci`; undefined outside any step. */
  step?: string;
  /** The step's number in this build, from 1, in order of appearance. */
  stepId?: number;
  /** On a `status` line: what the step has just done. Each step `begin`s once and ends once. */
  event?: StepEvent;
  /** With the event that ends a step, in milliseconds by the builder's clock. */
  durationMs?: number;
  /** When the builder says that it happened, in milliseconds since the epoch; undefined where it does not say. */
  at?: number;
  /** `status` is the builder speaking, the others the commands it runs. */
  stream: 'stdout' | 'stderr' | 'status';
  text: string;
}

/** What the log knows once the build has failed: for telling why. */
export interface FailedStep {
  name: string;
  error: string;
  /** The step's last lines of output, oldest first. */
  lastLines: string[];
}

/** A builder's stream of events, told as lines. */
export interface BuildLogReader {
  /** @returns the lines the event adds */
  read(event: BuilderEvent): BuildLogLine[];
  /** Lines still held back when the stream ends. */
  end(): BuildLogLine[];
  /** The step that failed, if one did. */
  failedStep(): FailedStep | null;
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

/** How many of a step's last lines a failure carries. */
export const LAST_LINES = 20;
