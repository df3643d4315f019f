import { type ChildProcess, spawn } from 'node:child_process';

export interface GitResult {
  exitCode: number | null;
  stdout: string;
  /** There was more of stdout than is kept: nothing may be concluded from what is missing. */
  truncated: boolean;
  stderr: string;
}

export interface GitRun {
  env: NodeJS.ProcessEnv;
  cwd: string;
  signal: AbortSignal;
  /** After so many milliseconds git ends even where nobody is left to abort it: this process may be killed meanwhile. */
  limitMs: number;
  /** For its standard input, which is empty else. */
  input?: string;
}

/** More than any answer this library asks for; what comes beyond is cut so that a hostile server cannot fill memory. */
const MAX_OUTPUT_BYTES = 32 * 1024 * 1024;

class Collected {
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  constructor(private readonly limit: number) {}
  get truncated(): boolean {
    return this.bytes > this.limit;
  }
  add(chunk: Buffer): void {
    if (this.bytes < this.limit) this.chunks.push(chunk.subarray(0, this.limit - this.bytes));
    this.bytes += chunk.length;
  }
  toString(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}

export type Command = readonly [file: string, ...args: string[]];
export type Bound = (command: Command, limitSeconds: number) => Command;

/** coreutils' and busybox's `timeout`: ends the whole group, and hands through how the command ended. */
export const boundByTimeout: Bound = (command, limitSeconds) => ['timeout', '-k', '5', String(limitSeconds), ...command];

/** For machines without `timeout`: the shell leads the group, and a watch in it kills the group when time is up. */
const WATCHED = 'left=$1; shift; (while [ "$left" -gt 0 ]; do sleep 1; left=$((left-1)); done; kill -KILL 0) <&- >/dev/null 2>&1 & watch=$!; "$@"; code=$?; kill "$watch"; exit "$code"';
export const boundByShell: Bound = (command, limitSeconds) => ['sh', '-c', WATCHED, 'sh', String(limitSeconds), ...command];

let bound: Promise<Bound> | undefined;

function availableBound(): Promise<Bound> {
  bound ??= new Promise((resolve) => {
    const [file, ...args] = boundByTimeout(['true'], 5);
    spawn(file, args, { stdio: 'ignore' })
      .on('error', () => resolve(boundByShell))
      .on('close', (exitCode) => resolve(exitCode === 0 ? boundByTimeout : boundByShell));
  });
  return bound;
}

/** Ends a process that leads its own group, with all it has started. */
export function killGroup(leader: ChildProcess): void {
  try {
    if (leader.pid !== undefined) process.kill(-leader.pid, 'SIGKILL');
  } catch {
    // The group has ended by itself meanwhile.
  }
}

/**
 * Runs git to its end. On abort the whole process group is killed, git's helpers (remote-https, ssh,
 * index-pack) with it, and the promise rejects with the signal's reason once they are gone.
 */
export async function runGit(args: readonly string[], run: GitRun): Promise<GitResult> {
  return runBounded(['git', ...args], run, await availableBound());
}

/** For `runGit`, and for the tests of each way to bound a command. */
export function runBounded(command: Command, run: GitRun, within: Bound): Promise<GitResult> {
  return runDirectly(within(command, Math.max(1, Math.ceil(run.limitMs / 1000))), run);
}

/** As `runGit`, for a command that ends by itself when its input does, so that it need not be bounded by another process. */
export function runDirectly([file, ...args]: Command, { env, cwd, signal, input }: Omit<GitRun, 'limitMs'>): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const child = spawn(file, args, { env, cwd, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'], detached: true });
    const stdout = new Collected(MAX_OUTPUT_BYTES);
    const stderr = new Collected(64 * 1024);
    const kill = (): void => killGroup(child);
    signal.addEventListener('abort', kill, { once: true });
    child.stdout?.on('data', (chunk: Buffer) => stdout.add(chunk));
    child.stderr?.on('data', (chunk: Buffer) => stderr.add(chunk));
    // A git that ends before it has read everything says why by itself.
    child.stdin?.on('error', () => undefined).end(input);
    child.on('error', (error) => {
      signal.removeEventListener('abort', kill);
      reject(error);
    });
    child.on('close', (exitCode) => {
      signal.removeEventListener('abort', kill);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve({ exitCode, stdout: stdout.toString(), truncated: stdout.truncated, stderr: stderr.toString() });
    });
  });
}
