import { isCommitId } from './commit-id';

export interface RemoteRef {
  commitSha: string;
  /** `refs/heads/main`; null where only a commit id is known. */
  fullName: string | null;
  /** `main`; the full name for refs that are neither branch nor tag. */
  shortName: string | null;
}

export interface RemoteListing {
  /** Ref name to object id; a tag's `^{}` entry, the commit behind it, wins over the tag object. */
  refs: Map<string, string>;
  /** What HEAD is a symbolic ref to, if the server says so. */
  head: string | null;
}

/** Reads the output of `git ls-remote --symref`. */
export function parseLsRemote(output: string): RemoteListing {
  const refs = new Map<string, string>();
  let head: string | null = null;
  for (const line of output.split('\n')) {
    const [left, name] = line.split('\t');
    if (!left || !name) continue;
    if (left.startsWith('ref: ')) {
      if (name === 'HEAD') head = left.slice('ref: '.length);
    } else if (isCommitId(left)) {
      refs.set(name.replace(/\^\{\}$/, ''), left);
    }
  }
  return { refs, head };
}

/**
 * Reads the lines of protocol 2's `ls-refs`: `<id> <name>`, then attributes.
 * https://git-scm.com/docs/protocol-v2#_ls_refs
 */
export function parseLsRefs(lines: readonly string[]): RemoteListing {
  const refs = new Map<string, string>();
  let head: string | null = null;
  for (const line of lines) {
    const [oid = '', name, ...attributes] = line.split(' ');
    if (name === undefined || !isCommitId(oid)) continue;
    const attribute = (key: string): string | undefined => attributes.find((one) => one.startsWith(`${key}:`))?.slice(key.length + 1);
    refs.set(name, attribute('peeled') ?? oid);
    if (name === 'HEAD') head = attribute('symref-target') ?? null;
  }
  return { refs, head };
}

/** The ref that is meant; null: not there. For null (the default branch) HEAD, else main, master or the only branch. */
export function chooseRemoteRef({ refs, head }: RemoteListing, ref: string | null): RemoteRef | null {
  const named = (fullName: string, commitSha = refs.get(fullName)): RemoteRef | null =>
    commitSha === undefined ? null : { commitSha, fullName, shortName: fullName.replace(/^refs\/(heads|tags)\//, '') };
  if (ref !== null) return ref.startsWith('refs/') ? named(ref) : (named(`refs/heads/${ref}`) ?? named(`refs/tags/${ref}`));
  const tip = refs.get('HEAD');
  if (tip !== undefined) return head === null ? { commitSha: tip, fullName: 'HEAD', shortName: null } : named(head, tip);
  const branches = [...refs.keys()].filter((name) => name.startsWith('refs/heads/'));
  return named('refs/heads/main') ?? named('refs/heads/master') ?? (branches.length === 1 ? named(branches[0] as string) : null);
}
