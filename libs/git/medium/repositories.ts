import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const identity = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };
export const gitEnv = { ...process.env, ...identity, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };

export function git(cwd: string, args: string[], input?: string | Buffer): string {
  return execFileSync('git', args, { cwd, env: gitEnv, encoding: 'utf8', stdio: 'pipe', maxBuffer: 1 << 28, ...(input === undefined ? {} : { input }) }).trim();
}

/** Folders of one spec: `allowed` is the root below which repositories may lie. */
export class Repositories {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'osiris-git-')));
  readonly allowed = join(this.root, 'repos');
  readonly scratch = join(this.root, 'scratch');
  private made = 0;

  make(...extra: string[]): string {
    const path = join(this.allowed, `repo-${++this.made}`);
    mkdirSync(path, { recursive: true });
    git(path, ['init', '-q', '-b', 'main', ...extra]);
    return path;
  }

  commit(path: string, files: Record<string, string | Buffer>): string {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    }
    git(path, ['add', '-A']);
    git(path, ['commit', '-q', '--allow-empty', '-m', 'x']);
    return git(path, ['rev-parse', 'HEAD']);
  }

  /** Commits a tree that no work tree could hold, in `git fast-import`'s language: https://git-scm.com/docs/git-fast-import */
  import(path: string, changes: string): string {
    git(path, ['fast-import', '--quiet', '--force'], `commit refs/heads/main\ncommitter a <a@b> 1700000000 +0000\ndata 1\nx\n${changes}\n`);
    return git(path, ['rev-parse', 'main']);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
