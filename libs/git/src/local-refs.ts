import type { ListRefs } from './find-ref';
import { readingEnvironment } from './git-environment';
import { classifyGitFailure } from './git-errors';
import { runDirectly } from './git-process';
import { DELIMITER, FLUSH, pktLine, pktLines } from './pkt-line';
import { parseLsRefs } from './remote-refs';
import type { RepoLocation } from './repo-location';
import { tooLarge } from './size-limits';

/**
 * Asks git's own server program for the refs, as `ls-remote` would have it asked: it shows what the repository shows to
 * everyone (`transfer.hideRefs`), and it is one process instead of three. https://git-scm.com/docs/protocol-v2#_ls_refs
 */
export function localRefs(gitDir: string, location: RepoLocation, signal: AbortSignal, maxBytes: number): ListRefs {
  return async (wanted) => {
    const prefixes = wanted === 'branches and tags' ? ['refs/heads/', 'refs/tags/'] : wanted;
    const lines = ['peel\n', 'symrefs\n', ...prefixes.map((prefix) => `ref-prefix ${prefix}\n`)];
    const input = [pktLine('command=ls-refs\n'), DELIMITER, ...lines.map(pktLine), FLUSH].join('');
    const env = { ...readingEnvironment(), GIT_PROTOCOL: 'version=2' };
    const { exitCode, stdout, stderr, truncated } = await runDirectly(['git', 'upload-pack', '--strict', '--stateless-rpc', gitDir], { env, cwd: '/', signal, input });
    if (exitCode !== 0) throw classifyGitFailure(stderr, location);
    if (truncated) throw tooLarge(maxBytes);
    return parseLsRefs(pktLines(stdout));
  };
}
