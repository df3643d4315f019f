import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { readingEnvironment } from './git-environment';
import { killGroup } from './git-process';
import { StreamReader } from './stream-reader';

const MAX_ERROR_BYTES = 4_096;
/** Shells that wait for work; there are no more at once than there are commits open. */
const MAX_IDLE = 8;
/** What a shell says when git has ended. */
export const ENDED = 'ended';
/**
 * A shell that starts git for one repository after the other. Git reads and writes the shell's own pipes, and ends on a
 * command that it does not know; lines that are not for the shell are passed over.
 */
const LOOP = `while IFS= read -r line; do case $line in "open "*) git --git-dir "\${line#open }" cat-file --batch-command; echo ${ENDED};; esac; done`;

/** A `git cat-file` that waits for names of objects. */
export interface ObjectProcess {
  /** Asks for these; the answers come in their order. */
  ask(names: readonly string[]): void;
  readonly output: StreamReader;
  /** The end of what it said on standard error. */
  words(): string;
  /** At once, whatever it is doing. */
  kill(): void;
  /** Resolves once it is gone. `answered`: everything that was asked for was read. */
  end(answered: boolean): Promise<void>;
}

/** A child that leads its own group and ends when its input does, which is when this process does. */
class Child {
  readonly output: StreamReader;
  words = '';
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly gone: Promise<void>;
  ended = false;

  constructor(file: string, args: readonly string[]) {
    const child = spawn(file, args, { env: readingEnvironment(), cwd: '/', detached: true });
    this.process = child;
    this.output = new StreamReader(child.stdout);
    child.stderr.on('data', (chunk: Buffer) => (this.words = (this.words + chunk.toString()).slice(-MAX_ERROR_BYTES)));
    // What went wrong shows where the answer is missing.
    child.stdin.on('error', () => undefined);
    this.gone = new Promise((resolve) => {
      const end = (): void => {
        this.ended = true;
        resolve();
      };
      child.once('exit', end).once('error', (error) => {
        child.stdout.destroy(error);
        end();
      });
    });
  }

  write(text: string): void {
    this.process.stdin.write(text);
  }

  kill(): void {
    if (!this.ended) killGroup(this.process);
  }

  async end(): Promise<void> {
    this.kill();
    await this.gone;
    this.process.stdout.destroy();
  }

  /** Whether this process is to stay for it. */
  hold(held: boolean): void {
    const { stdin, stdout, stderr } = this.process;
    for (const handle of [this.process, stdin as Socket, stdout as Socket, stderr as Socket]) {
      if (held) handle.ref();
      else handle.unref();
    }
  }
}

/**
 * Starts processes that read objects. A service's own memory makes starting one from it slow, ten milliseconds and more in
 * which it does nothing else; a small shell does it in one, so shells are kept.
 */
export class ObjectProcesses {
  private readonly idle: Child[] = [];

  /** `gitDir`: absolute, and checked to be one that may be read. `viaShell`: git is 2.36 or newer. */
  start(gitDir: string, viaShell: boolean): ObjectProcess {
    return viaShell && !gitDir.includes('\n') ? this.inShell(gitDir) : alone(gitDir);
  }

  private inShell(gitDir: string): ObjectProcess {
    const shell = this.idle.pop() ?? new Child('sh', ['-c', LOOP]);
    if (shell.ended) return this.inShell(gitDir);
    shell.hold(true);
    shell.words = '';
    shell.write(`open ${gitDir}\n`);
    return {
      ask: (names) => shell.write(names.map((name) => `contents ${name}\n`).join('')),
      output: shell.output,
      words: () => shell.words,
      kill: () => shell.kill(),
      end: async (answered) => {
        if (answered && (await ends(shell)) && this.idle.length < MAX_IDLE) this.keep(shell);
        else await shell.end();
      },
    };
  }

  private keep(shell: Child): void {
    shell.hold(false);
    this.idle.push(shell);
  }
}

async function ends(shell: Child): Promise<boolean> {
  shell.write('quit\n');
  return shell.output.line().then((line) => line === ENDED, () => false);
}

function alone(gitDir: string): ObjectProcess {
  const child = new Child('git', ['--git-dir', gitDir, 'cat-file', '--batch']);
  return {
    ask: (names) => child.write(names.map((name) => `${name}\n`).join('')),
    output: child.output,
    words: () => child.words,
    kill: () => child.kill(),
    end: () => child.end(),
  };
}
