import type { ListRefs } from './find-ref';
import { readingEnvironment } from './git-environment';
import { classifyGitFailure } from './git-errors';
import { type GitResult, runDirectly } from './git-process';
import { DELIMITER, FLUSH, pktLine, pktLines } from './pkt-line';
import { parseLsRefs } from './remote-refs';
import type { RepoLocation } from './repo-location';
import { tooLarge } from './size-limits';

/**
 * Asks git's own server program for the refs, as `ls-remote` would have it asked: it shows what the repository shows to
 * everyone (`transfer.hideRefs`), and it is one process instead of three. https://git-scm.com/docs/protocol-v2#_ls_refs
 */
export function localRefs(gitDir: string, location: RepoLocation, signal: AbortSignal, maxBytes: number): ListRefs {
  const ask = (prefixes: readonly string[], format: string): Promise<GitResult> => {
    const head = ['command=ls-refs\n', ...(format === 'sha1' ? [] : [`object-format=${format}\n`])];
    const lines = ['peel\n', 'symrefs\n', ...prefixes.map((prefix) => `ref-prefix ${prefix}\n`)];
    const input = [...head.map(pktLine), DELIMITER, ...lines.map(pktLine), FLUSH].join('');
    const env = { ...readingEnvironment(), GIT_PROTOCOL: 'version=2' };
    return runDirectly(['git', 'upload-pack', '--strict', '--stateless-rpc', gitDir], { env, cwd: '/', signal, input });
  };
  return async (wanted) => {
    const prefixes = wanted === 'branches and tags' ? ['refs/heads/', 'refs/tags/'] : wanted;
    let result = await ask(prefixes, 'sha1');
    // Rare enough to be found out by asking.
    if (result.exitCode !== 0 && /mismatched object format: server sha256/.test(result.stderr)) result = await ask(prefixes, 'sha256');
    if (result.exitCode !== 0) throw classifyGitFailure(result.stderr, location);
    if (result.truncated) throw tooLarge(maxBytes);
    return parseLsRefs(pktLines(result.stdout));
  };
}
