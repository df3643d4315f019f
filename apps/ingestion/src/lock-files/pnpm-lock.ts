import type { Dependency } from '../manifests/manifest';
import { LockDraft, type LockFormat } from './lock-file';

/** `dependencies` → the group of what is listed there. */
const GROUPS: Readonly<Record<string, Dependency['group']>> = { dependencies: 'runtime', optionalDependencies: 'optional', devDependencies: 'dev' };
const MAX_CHOICES = 20_000;

/**
 * https://github.com/pnpm/spec/tree/master/lockfile, versions 5 to 9. It is YAML, but a program's: its lines are read by how far they
 * are indented, as a parser of all of YAML takes seconds for the megabyte that such files have.
 */
export const pnpmLock: LockFormat = {
  ecosystem: 'npm',
  matches: (name) => name === 'pnpm-lock.yaml',
  parse(path, text) {
    const lock = new PnpmLock(path);
    const at: string[] = [];
    for (const line of text.split('\n')) {
      const [, indent = '', key, value = ''] = /^( {0,10})('[^']{1,500}'|"[^"]{1,500}"|[^\s'"#:][^:]{0,500}(?::[^\s:][^:]{0,200})*):(?: (.*))?$/.exec(line.trimEnd()) ?? [];
      if (key === undefined) continue;
      at.length = Math.min(at.length, indent.length / 2);
      at.push(unquoted(key));
      lock.take(at, unquoted(value));
    }
    lock.finish();
    return lock;
  },
};

interface Entry {
  name: string;
  version: string;
  group: Dependency['group'] | null;
  dependsOn: string[];
}

class PnpmLock extends LockDraft {
  private readonly entries = new Map<string, Entry>();
  /** What was chosen for `<folder of the manifest> <name>`. */
  private readonly choices = new Map<string, string>();

  constructor(path: string) {
    super(path, 'npm');
  }

  /** One line, by the keys that lead to it. */
  take([section = '', first = '', second = '', third = '', fourth]: readonly string[], value: string): void {
    if (section === 'importers') {
      // Since version 6 `version` has a line of its own.
      if (Object.hasOwn(GROUPS, second) && third !== '' && value !== '' && (fourth === undefined || fourth === 'version')) this.choose(first, third, value);
    } else if (Object.hasOwn(GROUPS, section)) {
      // A file without workspaces.
      if (first !== '' && value !== '' && (second === '' || second === 'version')) this.choose('.', first, value);
    } else if (section === 'packages' || section === 'snapshots') {
      const entry = first === '' ? undefined : this.entry(first);
      if (!entry) return;
      if (second === 'dev' && value === 'true') entry.group = 'dev';
      else if (second === 'dev' && value === 'false') entry.group ??= 'runtime';
      else if (second === 'optional' && value === 'true' && entry.group !== 'dev' && section === 'packages') entry.group = 'optional';
      else if ((second === 'dependencies' || second === 'optionalDependencies') && third !== '' && value !== '') entry.dependsOn.push(keyOf(third, value));
    }
  }

  finish(): void {
    for (const [key, { name, version, group, dependsOn }] of this.entries) this.add(key, name, version, { group, dependsOn });
    this.link((wanted) => (this.packages.has(wanted) ? wanted : undefined));
  }

  override resolve({ from, name }: Dependency, folder: string): string | undefined {
    const importer = folder.slice(this.path.lastIndexOf('/') + 1).replace(/\/$/, '') || '.';
    const alias = from.slice(from.indexOf('#') + 1).replace(/^\w+\./, '');
    const chosen = this.choices.get(`${importer} ${alias}`) ?? this.choices.get(`${importer} ${name}`);
    return chosen !== undefined && this.packages.has(chosen) ? chosen : this.keyOf(name);
  }

  private choose(importer: string, name: string, version: string): void {
    if (version.startsWith('link:')) this.part(name);
    else if (this.choices.size < MAX_CHOICES) this.choices.set(`${importer} ${name}`, keyOf(name, version));
  }

  private entry(written: string): Entry | undefined {
    const key = written.replace(/\(.*$/s, '').replace(/^\//, '');
    const split = splitKey(key);
    if (!split) return undefined;
    const unified = `${split.name}@${split.version}`;
    const known = this.entries.get(unified) ?? split;
    this.entries.set(unified, known);
    return known;
  }
}

/** `@scope/name@1.2.3` since version 6, `@scope/name/1.2.3_peer@2` before. */
function splitKey(key: string): Entry | undefined {
  const [, name, version] = /^((?:@[^/@]{1,200}\/)?[^/@]{1,200})[@/]([^/]{1,200}|https?:.{1,300})$/s.exec(key) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version: version.replace(/_.*$/s, ''), group: null, dependsOn: [] };
}

/** Key of the entry for a choice: its version, or for an alias name and version. */
function keyOf(name: string, chosen: string): string {
  const version = chosen.replace(/\(.*$/s, '');
  if (version.startsWith('/')) {
    const split = splitKey(version.slice(1));
    return split ? `${split.name}@${split.version}` : version;
  }
  return /^(@[^/@]+\/)?[^/@]+@\d/.test(version) ? version : `${name}@${version.replace(/_.*$/s, '')}`;
}

function unquoted(text: string): string {
  return text.trim().replace(/^(['"])(.*)\1$/s, '$2');
}
