import { spawn } from 'node:child_process';

export interface GitResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** More than any answer this library asks for; what comes beyond is cut so that a hostile server cannot fill memory. */
const MAX_OUTPUT_BYTES = 32 * 1024 * 1024;

class Collected {
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  constructor(private readonly limit: number) {}
  add(chunk: Buffer): void {
    if (this.bytes < this.limit) this.chunks.push(chunk.subarray(0, this.limit - this.bytes));
    this.bytes += chunk.length;
  }
  toString(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}

/**
 * Runs git to its end. On abort the whole process group is killed, git's helpers (remote-https, ssh,
 * index-pack) with it, and the promise rejects with the signal's reason once they are gone.
 */
export function runGit(args: readonly string[], options: { env: NodeJS.ProcessEnv; cwd: string; signal: AbortSignal }): Promise<GitResult> {
  const { env, cwd, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const child = spawn('git', args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const stdout = new Collected(MAX_OUTPUT_BYTES);
    const stderr = new Collected(64 * 1024);
    const kill = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // The group has ended by itself meanwhile.
      }
    };
    signal.addEventListener('abort', kill, { once: true });
    child.stdout.on('data', (chunk: Buffer) => stdout.add(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.add(chunk));
    child.on('error', (error) => {
      signal.removeEventListener('abort', kill);
      reject(error);
    });
    child.on('close', (exitCode) => {
      signal.removeEventListener('abort', kill);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve({ exitCode, stdout: stdout.toString(), stderr: stderr.toString() });
    });
  });
}
