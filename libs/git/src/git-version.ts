import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DependencyState } from '@osiris/contracts';

/** From here on git knows `http.curloptResolve`, which pins a fetch to the addresses that were checked. */
const PINS_SINCE = [2, 37] as const;

/**
 * The first of each line of versions that knows `GIT_NO_LAZY_FETCH`, which came with the mending of CVE-2024-32004. Without
 * it a hostile host can have a partial fetch start fetches without end, so that older gits fetch whole commits.
 */
const FETCHES_PARTS_SINCE = [[2, 39, 4], [2, 40, 2], [2, 41, 1], [2, 42, 2], [2, 43, 4], [2, 44, 1], [2, 45, 0]] as const;

/** Whether this git may be asked for a commit without its files. */
export function fetchesParts(versionLine: string): boolean {
  const [major = 0, minor = 0, patch = 0] = (/(\d+)\.(\d+)(?:\.(\d+))?/.exec(versionLine) ?? []).slice(1).map((digits) => Number(digits ?? 0));
  const [newestMajor, newestMinor] = FETCHES_PARTS_SINCE[FETCHES_PARTS_SINCE.length - 1] as readonly [number, number, number];
  if (major !== newestMajor || minor > newestMinor) return major > newestMajor || (major === newestMajor && minor > newestMinor);
  return FETCHES_PARTS_SINCE.some(([ofMajor, ofMinor, since]) => major === ofMajor && minor === ofMinor && patch >= since);
}

/** What `git --version` says is of use: `up`, with a message where that git protects less; `down` where there is none. */
export function stateOfGit(versionLine: string): DependencyState {
  const [, version = '', major = '0', minor = '0'] = /((\d+)\.(\d+)\S*)/.exec(versionLine) ?? [];
  if (version === '') return { status: 'down', message: `git does not say which version it is: ${versionLine.slice(0, 100)}` };
  const [sinceMajor, sinceMinor] = PINS_SINCE;
  const pins = Number(major) > sinceMajor || (Number(major) === sinceMajor && Number(minor) >= sinceMinor);
  if (pins && fetchesParts(versionLine)) return { status: 'up' };
  if (pins) return { status: 'up', message: `git ${version} fetches whole commits where a newer one fetches only the files that are read. Use git 2.39.4 or newer` };
  return {
    status: 'up',
    message: `git ${version} does not pin addresses: a name that changes its address between check and fetch gets through. Use git ${PINS_SINCE.join('.')} or newer`,
  };
}

/** Which git this machine has. Asks git itself, once; again only where it could not be asked. */
export class GitVersion {
  private line: string | undefined;

  async state(): Promise<DependencyState> {
    try {
      return stateOfGit(await this.ask());
    } catch {
      return { status: 'down', message: 'git cannot be run: install git, or put it on the PATH' };
    }
  }

  async fetchesParts(): Promise<boolean> {
    return fetchesParts(await this.ask().catch(() => ''));
  }

  private async ask(): Promise<string> {
    if (this.line !== undefined) return this.line;
    const { stdout } = await promisify(execFile)('git', ['--version'], { timeout: 2_500 });
    return (this.line = stdout.trim());
  }
}
