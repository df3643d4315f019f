import { type BuildLogLine, stepLabel, type StepEvent } from './build-log';
import { LineSplitter } from './log-lines';
import { StepOutput } from './step-output';

/** One vertex of BuildKit's graph as the log tells it. */
export class BuildKitStep {
  readonly label: string;
  readonly output = new StepOutput();
  /** Of downloads and exports within the step, by their id: when each was last told, in milliseconds. */
  readonly progress = new Map<string, { toldAt: number; finished: boolean }>();
  ended = false;
  error = '';
  private readonly splitters = new Map<'stdout' | 'stderr', LineSplitter>();

  constructor(
    /** Its number in the log, from 1. */
    readonly id: number,
    readonly name: string,
    /** Milliseconds since the epoch; undefined where BuildKit did not say. */
    readonly startedAt: number | undefined,
  ) {
    this.label = stepLabel(name);
  }

  /** @returns the lines that the chunk completes */
  write(stream: 'stdout' | 'stderr', chunk: Uint8Array, at: number | undefined): BuildLogLine[] {
    let splitter = this.splitters.get(stream);
    if (!splitter) this.splitters.set(stream, (splitter = new LineSplitter()));
    return this.printed(stream, splitter.push(chunk), at);
  }

  /** What was printed without a line break. */
  rest(at: number | undefined): BuildLogLine[] {
    return [...this.splitters].flatMap(([stream, splitter]) => this.printed(stream, splitter.end(), at));
  }

  status(text: string, at: number | undefined, event?: StepEvent, durationMs?: number): BuildLogLine {
    return {
      step: this.label,
      stepId: this.id,
      stream: 'status',
      text,
      ...(event === undefined ? {} : { event }),
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(at === undefined ? {} : { at }),
    };
  }

  private printed(stream: 'stdout' | 'stderr', texts: string[], at: number | undefined): BuildLogLine[] {
    this.output.add(texts);
    return texts.map((text) => ({ step: this.label, stepId: this.id, stream, text, ...(at === undefined ? {} : { at }) }));
  }
}
