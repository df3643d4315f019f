import { type BuilderEvent, type BuildLogLine, type BuildLogReader, type FailedStep, stepLabel, type StepEvent, type StreamEnd } from './build-log';
import { LineSplitter } from './log-lines';
import { StepOutput } from './step-output';

const STEP = /^Step (\d+)\/(\d+) : (.*)$/;
/** The classic builder writes a command's stderr red and has no other mark for it; its end may stand on the next line. */
const STDERR = /^(?:\u001b\[0m)*\u001b\[91m/;
const END_OF_STDERR = /^(?:\u001b\[0m)+|\u001b\[0m$/g;
const RUNNING_IN = /^ ---> Running in ([0-9a-f]{12,64})$/;
const CHATTER = /^( ---> |Removing intermediate container |Successfully (built|tagged) )/;

interface ClassicStep {
  id: number;
  /** As the builder counts all of the Dockerfile. */
  of: string;
  name: string;
  label: string;
  begunAt: number;
  cached: boolean;
  output: StepOutput;
}

/** Tells the events of the builder that engines without BuildKit have as log lines. It says no times: they are this process's. */
export class ClassicLog implements BuildLogReader {
  private readonly splitter = new LineSplitter();
  private step: ClassicStep | null = null;
  private error = '';
  private lastContainer: string | null = null;

  constructor(private readonly now: () => number = () => performance.now()) {}

  read(event: BuilderEvent): BuildLogLine[] {
    if (event.error !== undefined) this.error = String(event.errorDetail?.message ?? event.error);
    if (typeof event.status === 'string') {
      // Progress of a pull: each layer's end is enough.
      const worthSaying = /^(Pulling from|Pull complete|Digest|Status)/.test(event.status);
      return worthSaying ? [this.line('status', [event.id, event.status].filter(Boolean).join(': '))] : [];
    }
    return typeof event.stream === 'string' ? this.splitter.pushText(event.stream).flatMap((text) => this.text(text)) : [];
  }

  end(how: StreamEnd): BuildLogLine[] {
    const rest = this.splitter.end().flatMap((text) => this.text(text));
    return [...rest, ...this.endStep(how === 'succeeded' ? 'done' : how === 'failed' ? 'failed' : 'canceled')];
  }

  failedStep(): FailedStep | null {
    return this.error === '' ? null : (this.runningStep() ?? { name: '', error: this.error, lastLines: [] });
  }

  /** The step that the builder was at; also once the stream has ended. */
  runningStep(): FailedStep | null {
    return this.step && { name: this.step.name, id: this.step.id, error: this.error, lastLines: this.step.output.lines() };
  }

  digests(): ReadonlyMap<string, string> {
    return new Map();
  }

  /** The container, by the beginning of its id, that ran the last command. */
  container(): string | null {
    return this.lastContainer;
  }

  private text(text: string): BuildLogLine[] {
    const step = STEP.exec(text);
    // A command may print such a line too: only the next one in order is the builder's.
    if (step && Number(step[1]) === (this.step?.id ?? 0) + 1 && step[2] === (this.step?.of ?? step[2])) return this.begin(Number(step[1]), step[2] ?? '', step[3] ?? '');
    if (text === '' || text === '\u001b[0m') return [];
    if (CHATTER.test(text)) {
      this.lastContainer = RUNNING_IN.exec(text)?.[1] ?? this.lastContainer;
      if (text === ' ---> Using cache' && this.step) this.step.cached = true;
      return [];
    }
    const stream = STDERR.test(text) ? 'stderr' : 'stdout';
    const shown = text.replace(STDERR, '').replace(END_OF_STDERR, '');
    this.step?.output.add([shown]);
    return [this.line(stream, shown)];
  }

  private begin(id: number, of: string, instruction: string): BuildLogLine[] {
    const ended = this.endStep('done');
    const name = `[${id}/${of}] ${instruction}`;
    this.step = { id, of, name, label: stepLabel(name), begunAt: this.now(), cached: false, output: new StepOutput() };
    return [...ended, this.line('status', `#${id} ${name}`, 'begin')];
  }

  private endStep(how: Extract<StepEvent, 'done' | 'failed' | 'canceled'>): BuildLogLine[] {
    if (!this.step) return [];
    const { id, cached, begunAt } = this.step;
    const durationMs = Math.max(0, Math.round(this.now() - begunAt));
    const event = how === 'done' && cached ? 'cached' : how;
    const said = { done: `DONE ${(durationMs / 1000).toFixed(1)}s`, cached: 'CACHED', failed: `ERROR: ${this.error.split('\n')[0]}`, canceled: 'CANCELED' }[event];
    return [{ ...this.line('status', `#${id} ${said}`, event), durationMs }];
  }

  private line(stream: BuildLogLine['stream'], text: string, event?: StepEvent): BuildLogLine {
    return { ...(this.step ? { step: this.step.label, stepId: this.step.id } : {}), stream, text, ...(event ? { event } : {}) };
  }
}
