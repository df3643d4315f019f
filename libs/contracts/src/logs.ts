import { z } from 'zod';

/** One line of a build's or a launch's output. `seq` starts at 1 and has no gap within its build or launch. */
export const LogLine = z.object({
  seq: z.number().int().min(1),
  at: z.iso.datetime(),
  stream: z.enum(['stdout', 'stderr', 'status']),
  /** The build step it belongs to, as BuildKit names it; absent for launches. */
  step: z.string().optional(),
  /** The step's number in this log, from 1, in order of appearance: two steps may have the same name. */
  stepId: z.number().int().min(1).optional(),
  /** On a `status` line: what the step has just done. A step `begin`s once, and ends in one of the others. */
  event: z.enum(['begin', 'done', 'cached', 'failed', 'canceled']).optional(),
  /** With the event that ends a step: how long it took, in milliseconds. */
  durationMs: z.number().int().min(0).optional(),
  /** Without the line break, ANSI colours kept; at most 16 kB. */
  text: z.string(),
});
export type LogLine = z.infer<typeof LogLine>;

/** What travels on `logs.build.<buildId>` and `logs.launch.<launchId>`: lines gathered over some milliseconds. */
export const LogChunk = z.object({
  appId: z.string(),
  buildId: z.string().optional(),
  launchId: z.string().optional(),
  /** The job's attempt: a later attempt's lines replace an earlier one's. */
  attempt: z.number().int(),
  /**
   * Which telling of the log it is. A job that is delivered again keeps its attempt and tells from line 1 anew, under
   * another run: lines of two runs are never mixed. Empty from a worker of a version that had no runs.
   */
  run: z.string().default(''),
  lines: z.array(LogLine),
  /** True on the last chunk, and only where the build or launch has ended: never where its job comes again. */
  end: z.boolean(),
});
export type LogChunk = z.infer<typeof LogChunk>;

export const buildLogSubject = (buildId: string): string => `logs.build.${buildId}`;
export const launchLogSubject = (launchId: string): string => `logs.launch.${launchId}`;

/** The stored and the served form of a log are the same bytes: each line's text and a line feed. */
export const logText = (lines: readonly LogLine[]): string => lines.map((line) => `${line.text}\n`).join('');
