import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { DomainError } from '@osiris/contracts';
import { readingEnvironment } from './git-environment';
import { killGroup } from './git-process';
import { StreamReader } from './stream-reader';

/** An object as far as it was asked for. */
export interface ReadObject {
  oid: string;
  kind: string;
  beginning: Buffer;
  /** Of the whole object. */
  bytes: number;
}

/** What `git cat-file --batch` writes in front of an object. https://git-scm.com/docs/git-cat-file#_batch_output */
const HEADER = /^([0-9a-f]{40,64}) ([a-z]+) (\d+)$/;
/** An object with that much more than is wanted is not read to its end: git is started anew behind it. */
const SKIP_AT_MOST = 16 * 1024 * 1024;
const MAX_ERROR_BYTES = 4_096;

/**
 * Reads objects of one repository through one git process that lives as long as it is needed. Objects stream by: of each
 * only the beginning that was asked for is held. Runs no code of the repository and fetches nothing.
 */
export class ObjectReader {
  private git: { process: ChildProcessWithoutNullStreams; output: StreamReader; words: string } | undefined;
  private closed = false;

  /** `gitDir`: absolute, and checked to be one that may be read. */
  constructor(
    private readonly gitDir: string,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', this.kill);
    // Git starts while the caller is still finding out what to ask for.
    this.git = this.start();
  }

  /**
   * The objects of these names (ids, or what git understands as one: no newline), in their order; null for one that is not
   * there. One call at a time.
   * @throws DomainError REPO_UNREACHABLE where the repository cannot be read; the signal's reason where it was aborted
   */
  async *read(names: readonly string[], maxBytes: number): AsyncGenerator<ReadObject | null, void> {
    let position = 0;
    try {
      while (position < names.length) {
        const git = (this.git ??= this.start());
        git.process.stdin.write(names.slice(position).map((name) => `${name}\n`).join(''));
        for (let behind = false; position < names.length && !behind; ) {
          const object = await this.next(git.output, maxBytes);
          position++;
          behind = object !== null && object.bytes - object.beginning.length > SKIP_AT_MOST;
          if (behind) await this.stop();
          yield object;
        }
      }
    } finally {
      // What nobody reads any more must not be taken for the answer to the next question.
      if (position < names.length) await this.stop();
    }
  }

  /** Ends git. Resolves once it is gone. */
  async close(): Promise<void> {
    this.closed = true;
    this.signal.removeEventListener('abort', this.kill);
    await this.stop();
  }

  private async next(output: StreamReader, maxBytes: number): Promise<ReadObject | null> {
    try {
      const header = await output.line();
      const [, oid, kind, bytes] = HEADER.exec(header) ?? [];
      // "<name> missing", or "ambiguous"
      if (oid === undefined || kind === undefined) return null;
      const size = Number(bytes);
      const beginning = await output.take(Math.min(size, maxBytes));
      const rest = size - beginning.length;
      if (rest <= SKIP_AT_MOST) await output.skip(rest + 1);
      return { oid, kind, beginning, bytes: size };
    } catch (error) {
      this.signal.throwIfAborted();
      throw new DomainError('REPO_UNREACHABLE', 'Git could not read an object of the repository', { cause: new Error(this.git?.words.slice(0, 500), { cause: error }) });
    }
  }

  private start(): NonNullable<ObjectReader['git']> {
    this.signal.throwIfAborted();
    if (this.closed) throw new Error('The reader is closed');
    // No time limit of its own: its input ends with this process, and it with its input.
    const child = spawn('git', ['--git-dir', this.gitDir, 'cat-file', '--batch'], { env: readingEnvironment(), cwd: '/', detached: true });
    const git = { process: child, output: new StreamReader(child.stdout), words: '' };
    child.stderr.on('data', (chunk: Buffer) => (git.words = (git.words + chunk.toString()).slice(-MAX_ERROR_BYTES)));
    // What went wrong shows where the answer is missing.
    child.on('error', (error) => child.stdout.destroy(error));
    child.stdin.on('error', () => undefined);
    return git;
  }

  private async stop(): Promise<void> {
    const child = this.git?.process;
    this.git = undefined;
    if (child?.pid === undefined) return;
    const gone = child.exitCode !== null || child.signalCode !== null ? undefined : new Promise((resolve) => child.once('exit', resolve));
    killGroup(child);
    await gone;
    child.stdout.destroy();
  }

  private readonly kill = (): void => {
    if (this.git) killGroup(this.git.process);
  };
}
