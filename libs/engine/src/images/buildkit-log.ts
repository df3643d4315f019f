import { type BuilderEvent, type BuildLogLine, type BuildLogReader, type FailedStep, LAST_LINES } from './build-log';
import { decodeStatusResponse, millisOf, type Vertex, type VertexLog, type VertexStatus } from './buildkit-schema';
import { cutLine, LineSplitter } from './log-lines';

/** How often a download's progress may add a line, in milliseconds. */
const PROGRESS_INTERVAL_MS = 3_000;
/** Steps by which the engine unpacks what this hub sent it: of no interest to who reads a log. */
const HIDDEN = new Set(['[internal] load remote build context', 'copy /context /']);

interface Step {
  number: number;
  name: string;
  finished: boolean;
  error: string;
  splitters: Map<BuildLogLine['stream'], LineSplitter>;
  lastLines: string[];
}

/** Sizes as BuildKit's plain progress writes them: decimal units, two digits. */
function megabytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes}B`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(2)}kB` : `${(bytes / 1_000_000).toFixed(2)}MB`;
}

/** Tells BuildKit's progress messages as log lines, much like `docker build --progress=plain`. */
export class BuildKitLog implements BuildLogReader {
  private readonly steps = new Map<string, Step>();
  private readonly hidden = new Set<string>();
  private readonly progress = new Map<string, { at: number; finished: boolean }>();
  private count = 0;
  private speaking: Step | null = null;

  constructor(private readonly now: () => number = Date.now) {}

  read(event: BuilderEvent): BuildLogLine[] {
    if (event.id !== 'moby.buildkit.trace' || typeof event.aux !== 'string') return [];
    const { vertexes, statuses, logs, warnings } = decodeStatusResponse(event.aux);
    return [
      ...vertexes.flatMap((vertex) => this.begin(vertex)),
      ...statuses.flatMap((status) => this.status(status)),
      ...logs.flatMap((log) => this.log(log)),
      ...warnings.flatMap((warning) => {
        const step = this.steps.get(warning.vertex);
        const text = `WARNING: ${Buffer.from(warning.short ?? []).toString('utf8')}${warning.url ? ` (${warning.url})` : ''}`;
        return cutLine(text).map((piece): BuildLogLine => ({ step: step?.name, stream: 'status', text: piece }));
      }),
      // After the logs: a message may hold a step's last output and its end.
      ...vertexes.flatMap((vertex) => this.finish(vertex)),
    ];
  }

  end(): BuildLogLine[] {
    return [...this.steps.values()].flatMap((step) => this.rest(step));
  }

  failedStep(): FailedStep | null {
    const failed = [...this.steps.values()].filter((step) => step.error !== '');
    // Steps that ran beside the failing one end with "context canceled": they are not why.
    const step = failed.find(({ error }) => !/context canceled/.test(error)) ?? failed[0];
    return step ? { name: step.name, error: step.error, lastLines: step.lastLines } : null;
  }

  private begin(vertex: Vertex): BuildLogLine[] {
    const name = vertex.name ?? '';
    if (HIDDEN.has(name)) this.hidden.add(vertex.digest);
    if (this.steps.has(vertex.digest) || this.hidden.has(vertex.digest) || !vertex.started) return [];
    const step: Step = { number: ++this.count, name, finished: false, error: '', splitters: new Map(), lastLines: [] };
    this.steps.set(vertex.digest, step);
    return this.speak(step, []);
  }

  private finish(vertex: Vertex): BuildLogLine[] {
    const step = this.steps.get(vertex.digest);
    if (!step || !vertex.completed) return [];
    step.error = vertex.error ?? '';
    // A step may begin and end again while another stage asks for it: said once.
    if (step.finished && step.error === '') return [];
    step.finished = true;
    const seconds = vertex.started ? Math.max(0, millisOf(vertex.completed) - millisOf(vertex.started)) / 1000 : 0;
    const canceled = /context canceled/.test(step.error);
    const end = canceled ? 'CANCELED' : step.error ? `ERROR: ${step.error}` : vertex.cached ? 'CACHED' : `DONE ${seconds.toFixed(1)}s`;
    const lines = [...this.rest(step), ...cutLine(`#${step.number} ${end}`).map((text): BuildLogLine => ({ step: step.name, stream: 'status', text }))];
    if (this.speaking === step) this.speaking = null;
    return lines;
  }

  private status(status: VertexStatus): BuildLogLine[] {
    const step = this.steps.get(status.vertex);
    if (!step) return [];
    const key = `${status.vertex} ${status.ID}`;
    const known = this.progress.get(key) ?? { at: this.now(), finished: false };
    this.progress.set(key, known);
    const finished = status.completed !== undefined;
    if (known.finished || (!finished && this.now() - known.at < PROGRESS_INTERVAL_MS)) return [];
    known.at = this.now();
    known.finished = finished;
    const { current = 0, total = 0 } = status;
    const amount = total > 0 ? ` ${megabytes(current)} / ${megabytes(total)}` : current > 0 ? ` ${megabytes(current)}` : '';
    // BuildKit's own names say enough: "exporting layers", "sha256:… ".
    return this.speak(step, [{ step: step.name, stream: 'status', text: `#${step.number} ${status.name || status.ID}${amount}${finished ? ' done' : ''}` }]);
  }

  private log(log: VertexLog): BuildLogLine[] {
    const step = this.steps.get(log.vertex);
    if (!step) return [];
    const stream = log.stream === 2 ? 'stderr' : 'stdout';
    let splitter = step.splitters.get(stream);
    if (!splitter) step.splitters.set(stream, (splitter = new LineSplitter()));
    return this.output(step, stream, splitter.push(log.msg ?? new Uint8Array()));
  }

  private rest(step: Step): BuildLogLine[] {
    return [...step.splitters].flatMap(([stream, splitter]) => this.output(step, stream, splitter.end()));
  }

  private output(step: Step, stream: BuildLogLine['stream'], texts: string[]): BuildLogLine[] {
    if (texts.length === 0) return [];
    step.lastLines = [...step.lastLines, ...texts].slice(-LAST_LINES);
    return this.speak(step, texts.map((text) => ({ step: step.name, stream, text })));
  }

  /** Steps run side by side: when another one takes the word, its header says so. */
  private speak(step: Step, lines: BuildLogLine[]): BuildLogLine[] {
    if (this.speaking === step) return lines;
    this.speaking = step;
    const header = `#${step.number} ${step.name}`.split('\n').flatMap((text) => cutLine(text));
    return [...header.map((text): BuildLogLine => ({ step: step.name, stream: 'status', text })), ...lines];
  }
}
