import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DependencyState } from '@osiris/contracts';

/** From here on git knows `http.curloptResolve`, which pins a fetch to the addresses that were checked. */
const PINS_SINCE = [2, 37] as const;

/** What `git --version` says is of use: `up`, with a message where that git protects less; `down` where there is none. */
export function stateOfGit(versionLine: string): DependencyState {
  const [, version = '', major = '0', minor = '0'] = /((\d+)\.(\d+)\S*)/.exec(versionLine) ?? [];
  if (version === '') return { status: 'down', message: `git does not say which version it is: ${versionLine.slice(0, 100)}` };
  const [sinceMajor, sinceMinor] = PINS_SINCE;
  const pins = Number(major) > sinceMajor || (Number(major) === sinceMajor && Number(minor) >= sinceMinor);
  if (pins) return { status: 'up' };
  return {
    status: 'up',
    message: `git ${version} does not pin addresses: a name that changes its address between check and fetch gets through. Use git ${PINS_SINCE.join('.')} or newer`,
  };
}

/** Which git this machine has. Asks git itself, once; again only where it could not be asked. */
export class GitVersion {
  private known: DependencyState | undefined;

  async state(): Promise<DependencyState> {
    if (this.known) return this.known;
    try {
      const { stdout } = await promisify(execFile)('git', ['--version'], { timeout: 2_500 });
      return (this.known = stateOfGit(stdout.trim()));
    } catch {
      return { status: 'down', message: 'git cannot be run: install git, or put it on the PATH' };
    }
  }
}
