import type { Dependency } from '../manifests/manifest';
import { LockDraft, type LockFormat } from './lock-file';

const MAX_LINES = 40_000;

/**
 * https://go.dev/ref/mod#minimal-version-selection: `go.mod` is Go's lock file. Since Go 1.17 it lists everything that is compiled,
 * in the version that is; `go.sum` has versions too that were only compared.
 */
export const goModLock: LockFormat = {
  ecosystem: 'go',
  matches: (name) => name === 'go.mod',
  parse(path, text) {
    const lock = new GoModLock(path, 'go');
    const required = new Map<string, string>();
    /** `module` or `module version` → what is taken instead; null for a folder of the repository. */
    const replaced = new Map<string, { module: string; version: string } | null>();
    let block: string | null = null;
    for (const line of text.split('\n', MAX_LINES)) {
      const words = (line.split('//', 1)[0] ?? '').trim().split(/\s+/).map((word) => word.replace(/^(["`])(.*)\1$/s, '$2'));
      if (words[0] === '') continue;
      if (words[0] === ')') block = null;
      else if (words.at(-1) === '(') block = words[0] ?? null;
      else {
        const [directive, ...rest] = block === null ? words : [block, ...words];
        if (directive === 'require' && rest[0] !== undefined && rest[1] !== undefined) required.set(rest[0], rest[1]);
        if (directive === 'replace') replacement(rest, replaced);
      }
    }
    for (const [module, version] of required) {
      const instead = replaced.get(`${module} ${version}`) ?? replaced.get(module);
      if (instead === null) lock.part(module);
      else lock.add(module, instead?.module ?? module, instead?.version ?? version);
    }
    return lock;
  },
};

/** Modules by the paths that they are required by, whatever replaces them. */
class GoModLock extends LockDraft {
  override resolve({ written, name }: Dependency): string {
    return written ?? name;
  }
}

/** `a => b v1.2.3`, `a v1.0.0 => ../b`. */
function replacement(words: readonly string[], replaced: Map<string, { module: string; version: string } | null>): void {
  const arrow = words.indexOf('=>');
  const [module, version] = words.slice(arrow + 1);
  if (arrow < 1 || module === undefined) return;
  replaced.set(words.slice(0, arrow).join(' '), version === undefined ? null : { module, version });
}
