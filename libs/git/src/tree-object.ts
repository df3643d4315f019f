/** One entry of a folder as git keeps it. */
export interface TreeEntry {
  name: string;
  /** `link`: a symbolic link; `submodule`: a commit of another repository. */
  kind: 'file' | 'tree' | 'link' | 'submodule' | 'unknown';
  oid: string;
}

const SPACE = 32;
const NUL = 0;

/** Modes as git writes them; the permission bits of files differ in old histories. */
function kindOf(mode: string): TreeEntry['kind'] {
  if (/^0?40000$/.test(mode)) return 'tree';
  if (/^100\d{3}$/.test(mode)) return 'file';
  if (mode === '120000') return 'link';
  return mode === '160000' ? 'submodule' : 'unknown';
}

/**
 * Takes a tree object apart: `<mode> <name>\0<id>`, over and over (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects).
 * Entries with names that no folder can hold are passed over; what follows a broken entry is not looked at.
 */
export function* treeEntries(tree: Buffer, oidBytes: number): Generator<TreeEntry> {
  for (let position = 0; position < tree.length; ) {
    const space = tree.indexOf(SPACE, position);
    const end = tree.indexOf(NUL, space + 1);
    if (space < 0 || end < 0 || end + 1 + oidBytes > tree.length) return;
    const name = tree.toString('utf8', space + 1, end);
    const kind = kindOf(tree.toString('latin1', position, space));
    const oid = tree.toString('hex', end + 1, end + 1 + oidBytes);
    position = end + 1 + oidBytes;
    if (!/^(\.{0,2}|\.git)$/i.test(name) && !name.includes('/')) yield { name, kind, oid };
  }
}
