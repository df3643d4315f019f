import type { BuilderEvent, BuildLogLine, BuildLogReader, FailedStep, StepEvent, StreamEnd } from './build-log';
import { decodeStatusResponse, instantOf, type StatusResponse, type Vertex, type VertexLog, type VertexStatus, type VertexWarning } from './buildkit-schema';
import { BuildKitStep } from './buildkit-step';
import { cutLine } from './log-lines';

/** How often a download's progress may add a line, in milliseconds. */
const PROGRESS_INTERVAL_MS = 3_000;
/** Steps by which the engine unpacks what this hub sent it: of no interest to who reads a log. */
const HIDDEN = new Set(['[internal] load remote build context', 'copy /context /']);
/** What BuildKit calls a step that an image begins with: `[build 1/4] FROM docker.io/library/node:20@sha256:…`. */
const PINNED_FROM = /^(?:\[[^\]]*\] )?FROM (\S+)@(sha256:[0-9a-f]{64})$/;

/** Sizes as BuildKit's plain progress writes them: decimal units, two digits. */
function megabytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes}B`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(2)}kB` : `${(bytes / 1_000_000).toFixed(2)}MB`;
}

/** Tells BuildKit's progress messages as log lines, much like `docker build --progress=plain`. Never throws. */
export class BuildKitLog implements BuildLogReader {
  private readonly steps = new Map<string, BuildKitStep>();
  /** Of vertexes that have not begun. */
  private readonly names = new Map<string, string>();
  private readonly pinned = new Map<string, string>();
  private speaking: BuildKitStep | null = null;
  /** What was running when the stream ended. */
  private interrupted: BuildKitStep | undefined;

  constructor(private readonly now: () => number = Date.now) {}

  read(event: BuilderEvent): BuildLogLine[] {
    if (event.id !== 'moby.buildkit.trace' || typeof event.aux !== 'string') return [];
    const { vertexes, statuses, logs, warnings } = decoded(event.aux);
    return [
      ...vertexes.flatMap((vertex) => this.vertex(vertex)),
      ...statuses.flatMap((status) => this.status(status)),
      ...logs.flatMap((log) => this.log(log)),
      ...warnings.flatMap((warning) => this.warning(warning)),
      // After the logs: a message may hold a step's last output and its end.
      ...vertexes.flatMap((vertex) => this.finish(vertex)),
    ];
  }

  end(how: StreamEnd): BuildLogLine[] {
    this.interrupted = this.lastRunning();
    return [...this.steps.values()].filter((step) => !step.ended).flatMap((step) => this.close(step, how === 'succeeded' ? 'done' : 'canceled', undefined, this.sinceBegin(step)));
  }

  failedStep(): FailedStep | null {
    const failed = [...this.steps.values()].filter((step) => step.error !== '');
    // Steps that ran beside the failing one end with "context canceled": they are not why.
    return told(failed.find(({ error }) => !isCanceled(error)) ?? failed[0]);
  }

  runningStep(): FailedStep | null {
    return told(this.lastRunning() ?? this.interrupted);
  }

  digests(): ReadonlyMap<string, string> {
    return this.pinned;
  }

  private lastRunning(): BuildKitStep | undefined {
    return [...this.steps.values()].findLast((step) => !step.ended);
  }

  private vertex(vertex: Vertex): BuildLogLine[] {
    const { digest = '', name = '' } = vertex;
    const [, image, pin] = PINNED_FROM.exec(name) ?? [];
    if (image !== undefined && pin !== undefined) this.pinned.set(image, pin);
    if (name !== '') this.names.set(digest, name);
    return vertex.started || vertex.completed ? this.begin(digest, instantOf(vertex.started)) : [];
  }

  private begin(digest: string, at: number | undefined, unnamed = ''): BuildLogLine[] {
    const name = this.names.get(digest) ?? unnamed;
    if (this.steps.has(digest) || name === '' || HIDDEN.has(name)) return [];
    const step = new BuildKitStep(this.steps.size + 1, name, at);
    this.steps.set(digest, step);
    this.speaking = step;
    return header(step, at, 'begin');
  }

  private finish(vertex: Vertex): BuildLogLine[] {
    const step = this.steps.get(vertex.digest ?? '');
    if (!step || !vertex.completed) return [];
    const { error = '' } = vertex;
    const at = instantOf(vertex.completed);
    // A step may begin and end again while another stage asks for it: its first end is told as one, a later error as a line.
    if (step.ended) {
      if (error === '' || step.error !== '') return [];
      step.error = error;
      return cutLine(`#${step.id} ERROR: ${error}`).map((text) => step.status(text, at));
    }
    step.error = error;
    const startedAt = instantOf(vertex.started) ?? step.startedAt;
    const durationMs = at === undefined || startedAt === undefined ? undefined : Math.max(0, Math.round(at - startedAt));
    const event = isCanceled(error) ? 'canceled' : error !== '' ? 'failed' : vertex.cached ? 'cached' : 'done';
    return this.close(step, event, at, durationMs);
  }

  private close(step: BuildKitStep, event: StepEvent, at: number | undefined, durationMs: number | undefined): BuildLogLine[] {
    const rest = this.speak(step, step.rest(at));
    step.ended = true;
    if (this.speaking === step) this.speaking = null;
    const seconds = ` ${((durationMs ?? 0) / 1000).toFixed(1)}s`;
    const said = { begin: '', canceled: 'CANCELED', failed: `ERROR: ${step.error}`, cached: 'CACHED', done: `DONE${durationMs === undefined ? '' : seconds}` }[event];
    const pieces = `#${step.id} ${said}`.split('\n').flatMap((text) => cutLine(text));
    // A long error has several lines; the first of them is the end.
    return [...rest, ...pieces.map((text, index) => (index === 0 ? step.status(text, at, event, durationMs) : step.status(text, at)))];
  }

  private sinceBegin({ startedAt }: BuildKitStep): number | undefined {
    return startedAt === undefined ? undefined : Math.max(0, Math.round(this.now() - startedAt));
  }

  private status(status: VertexStatus): BuildLogLine[] {
    const { vertex = '', ID = '', name = '', current = 0, total = 0 } = status;
    const step = this.steps.get(vertex);
    if (!step || step.ended) return [];
    const known = step.progress.get(ID) ?? { toldAt: this.now(), finished: false };
    step.progress.set(ID, known);
    const finished = status.completed !== undefined;
    if (known.finished || (!finished && this.now() - known.toldAt < PROGRESS_INTERVAL_MS)) return [];
    known.toldAt = this.now();
    known.finished = finished;
    const amount = total > 0 ? ` ${megabytes(current)} / ${megabytes(total)}` : current > 0 ? ` ${megabytes(current)}` : '';
    // BuildKit's own names say enough: "exporting layers", "sha256:… ".
    const texts = cutLine(`#${step.id} ${name || ID}${amount}${finished ? ' done' : ''}`);
    return this.speak(step, texts.map((text) => step.status(text, instantOf(status.completed ?? status.timestamp))));
  }

  private log(log: VertexLog): BuildLogLine[] {
    const { vertex = '', msg = new Uint8Array() } = log;
    const at = instantOf(log.timestamp);
    // Output is worth more than its name.
    const begun = this.begin(vertex, at, 'unnamed step');
    const step = this.steps.get(vertex);
    if (!step) return [];
    return [...begun, ...this.speak(step, step.write(log.stream === 2 ? 'stderr' : 'stdout', msg, at))];
  }

  private warning({ vertex = '', short, url = '' }: VertexWarning): BuildLogLine[] {
    const step = this.steps.get(vertex);
    const texts = cutLine(`WARNING: ${Buffer.from(short ?? []).toString('utf8')}${url ? ` (${url})` : ''}`);
    return texts.map((text) => step?.status(text, undefined) ?? { stream: 'status', text });
  }

  /** Steps run side by side: when another one takes the word, its header says so. */
  private speak(step: BuildKitStep, lines: BuildLogLine[]): BuildLogLine[] {
    if (lines.length === 0 || this.speaking === step) return lines;
    this.speaking = step;
    return [...header(step, lines[0]?.at), ...lines];
  }
}

/** A message that cannot be read costs its lines, not the build. */
function decoded(base64: string): StatusResponse {
  try {
    return decodeStatusResponse(base64);
  } catch {
    return { vertexes: [], statuses: [], logs: [], warnings: [] };
  }
}

function header(step: BuildKitStep, at: number | undefined, event?: 'begin'): BuildLogLine[] {
  const texts = event ? `#${step.id} ${step.name}`.split('\n').flatMap((text) => cutLine(text)) : [`#${step.id} ${step.label}`];
  return texts.map((text, index) => step.status(text, at, index === 0 ? event : undefined));
}

function isCanceled(error: string): boolean {
  return /(^|: )context canceled\s*$/.test(error);
}

function told(step: BuildKitStep | undefined): FailedStep | null {
  return step ? { name: step.name, id: step.id, error: step.error, lastLines: step.output.lines() } : null;
}
