import { DomainError } from '@osiris/contracts';
import { ENDED, type ObjectProcess } from './object-process';

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

/**
 * Reads objects of one repository through one git process that lives as long as it is needed. Objects stream by: of each
 * only the beginning that was asked for is held. Runs no code of the repository and fetches nothing.
 */
export class ObjectReader {
  private git: ObjectProcess | undefined;
  /** Whether git has answered everything it was asked. */
  private answered = true;

  constructor(
    private readonly start: () => ObjectProcess,
    private readonly signal: AbortSignal,
  ) {
    signal.throwIfAborted();
    signal.addEventListener('abort', this.kill);
    // Git starts while the caller is still finding out what to ask for.
    this.git = start();
  }

  /**
   * The objects of these names (ids, or what git understands as one: no newline), in their order; null for one that is not
   * there. One call at a time.
   * @throws DomainError REPO_UNREACHABLE where the repository cannot be read; the signal's reason where it was aborted
   */
  async *read(names: readonly string[], maxBytes: number): AsyncGenerator<ReadObject | null, void> {
    this.signal.throwIfAborted();
    let position = 0;
    try {
      while (position < names.length) {
        const git = (this.git ??= this.start());
        this.answered = false;
        git.ask(names.slice(position));
        for (let behind = false; position < names.length && !behind; ) {
          const object = await this.next(git, maxBytes);
          position++;
          behind = object !== null && object.bytes - object.beginning.length > SKIP_AT_MOST;
          if (behind) await this.stop();
          yield object;
        }
      }
    } finally {
      // What nobody reads any more must not be taken for the answer to the next question.
      if (position < names.length) await this.stop();
      else this.answered = true;
    }
  }

  /** Ends git. Resolves once it is gone. */
  async close(): Promise<void> {
    await this.stop();
    this.signal.removeEventListener('abort', this.kill);
  }

  private async next({ output, words }: ObjectProcess, maxBytes: number): Promise<ReadObject | null> {
    try {
      const header = await output.line();
      if (header === ENDED) throw new Error('Git ended');
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
      throw new DomainError('REPO_UNREACHABLE', 'Git could not read an object of the repository', { cause: new Error(words().slice(-500), { cause: error }) });
    }
  }

  private async stop(): Promise<void> {
    const { git, answered } = this;
    this.git = undefined;
    this.answered = true;
    await git?.end(answered && !this.signal.aborted);
  }

  private readonly kill = (): void => this.git?.kill();
}
