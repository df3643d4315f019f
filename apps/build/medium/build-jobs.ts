import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BuildJob } from '@osiris/contracts';

const gitEnv = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };
const git = (cwd: string, ...args: string[]): string => execFileSync('git', args, { cwd, env: gitEnv, encoding: 'utf8', stdio: 'pipe' }).trim();

/** Different at each call: what holds it has been built by nobody. */
export const unique = (): string => `${process.pid}-${Math.random()}`;

let count = 0;
/** A repository of one commit below `root`, and the job that builds it. */
export function buildJobOf(root: string, files: Record<string, string | { link: string }>, extra: Partial<BuildJob> = {}): BuildJob {
  const path = join(root, `app-${count + 1}`);
  mkdirSync(path, { recursive: true });
  git(path, 'init', '-q', '-b', 'main');
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    if (typeof content === 'string') writeFileSync(join(path, name), content);
    else symlinkSync(content.link, join(path, name));
  }
  git(path, 'add', '-A', '-f');
  git(path, 'commit', '-q', '-m', 'x');
  return {
    attempt: 1, ...newIds(), slug: `test/app-${count}`, repoUrl: `file://${path}`, ref: 'main',
    commitSha: git(path, 'rev-parse', 'HEAD'), dockerfilePath: 'Dockerfile', ...extra,
  };
}

/** Of a further build, by default of a further app. */
export function newIds(): { buildId: string; appId: string } {
  const id = `${process.pid}${String(++count).padStart(10, '0')}`.slice(-12);
  return { buildId: `bld_${id}`, appId: `app_${id}` };
}
