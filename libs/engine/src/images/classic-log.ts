import { type BuilderEvent, type BuildLogLine, type BuildLogReader, type FailedStep, LAST_LINES } from './build-log';
import { LineSplitter } from './log-lines';

const STEP = /^Step (\d+\/\d+) : (.*)$/;
/** The classic builder writes a command's stderr red and has no other mark for it; its end may stand on the next line. */
const STDERR = /^(?:\u001b\[0m)*\u001b\[91m/;
const END_OF_STDERR = /^(?:\u001b\[0m)+|\u001b\[0m$/g;
const CHATTER = /^( ---> |Removing intermediate container |Successfully (built|tagged) )/;

/** Tells the events of the builder that engines without BuildKit have as log lines. */
export class ClassicLog implements BuildLogReader {
  private readonly splitter = new LineSplitter();
  private step: string | undefined;
  private lastLines: string[] = [];
  private error = '';

  read(event: BuilderEvent): BuildLogLine[] {
    if (event.error !== undefined) this.error = event.errorDetail?.message ?? event.error;
    if (event.status !== undefined) {
      // Progress of a pull: each layer's end is enough.
      const worthSaying = /^(Pulling from|Pull complete|Digest|Status)/.test(event.status);
      return worthSaying ? [{ step: this.step, stream: 'status', text: [event.id, event.status].filter(Boolean).join(': ') }] : [];
    }
    return event.stream === undefined ? [] : this.splitter.push(Buffer.from(event.stream)).flatMap((text) => this.line(text));
  }

  end(): BuildLogLine[] {
    return this.splitter.end().flatMap((text) => this.line(text));
  }

  failedStep(): FailedStep | null {
    return this.error === '' ? null : { name: this.step ?? '', error: this.error, lastLines: this.lastLines };
  }

  private line(text: string): BuildLogLine[] {
    const step = STEP.exec(text);
    if (step) {
      this.step = `[${step[1]}] ${step[2]}`;
      this.lastLines = [];
      return [{ step: this.step, stream: 'status', text: `#${(step[1] ?? '').split('/')[0]} ${this.step}` }];
    }
    if (text === '' || text === '\u001b[0m') return [];
    if (CHATTER.test(text)) return text === ' ---> Using cache' ? [{ step: this.step, stream: 'status', text: 'CACHED' }] : [];
    const stream = STDERR.test(text) ? 'stderr' : 'stdout';
    const shown = text.replace(STDERR, '').replace(END_OF_STDERR, '');
    this.lastLines = [...this.lastLines, shown].slice(-LAST_LINES);
    return [{ step: this.step, stream, text: shown }];
  }
}
