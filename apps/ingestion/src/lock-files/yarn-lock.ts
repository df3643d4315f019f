import type { Dependency } from '../manifests/manifest';
import { LockDraft, type LockFormat } from './lock-file';

const MAX_PATTERNS = 200;
/** `lodash@^4`, `"@babel/core@npm:^7.0.0"`: the name, and what was asked for. */
const PATTERN = /^((?:@[^@/\s]{1,200}\/)?[^@/\s]{1,200})@(.{0,300})$/s;

/**
 * https://classic.yarnpkg.com/lang/en/docs/yarn-lock/ and the YAML of later versions, of which both are this much alike: an entry's
 * head names what was asked for, its lines below are indented by two, those of its dependencies by four.
 */
export const yarnLock: LockFormat = {
  ecosystem: 'npm',
  matches: (name) => name === 'yarn.lock',
  parse(path, text) {
    const lock = new YarnLock(path);
    let entry: Entry | undefined;
    let inDependencies = false;
    for (const line of text.split('\n')) {
      if (/^\S/.test(line)) {
        lock.take(entry);
        entry = line.startsWith('#') || !line.trimEnd().endsWith(':') ? undefined : { patterns: patternsOf(line.trimEnd().slice(0, -1)), version: '', resolution: '', wanted: [] };
        inDependencies = false;
      } else if (entry && /^ {2}\S/.test(line)) {
        const [, field = '', value = ''] = /^ {2}(\w+):? ?(.*)$/.exec(line) ?? [];
        inDependencies = (field === 'dependencies' || field === 'optionalDependencies') && value.trim() === '';
        if (field === 'version') entry.version = unquoted(value);
        if (field === 'resolution') entry.resolution = unquoted(value);
      } else if (entry && inDependencies) {
        const [, name, range] = /^ {4}("[^"]{1,300}"|[^\s:"]{1,300}):? (.{1,300})$/.exec(line) ?? [];
        if (name !== undefined && range !== undefined) entry.wanted.push(`${unquoted(name)}@${unquoted(range)}`);
      }
    }
    lock.take(entry);
    lock.link((wanted) => lock.chosen(wanted));
    return lock;
  },
};

interface Entry {
  patterns: string[];
  version: string;
  /** Later versions say what an alias stands for: `string-width@npm:4.2.3`. */
  resolution: string;
  wanted: string[];
}

class YarnLock extends LockDraft {
  private readonly keys = new Map<string, string>();

  constructor(path: string) {
    super(path, 'npm');
  }

  take(entry: Entry | undefined): void {
    const [first] = entry?.patterns ?? [];
    if (!entry || first === undefined) return;
    const [, called, range = ''] = PATTERN.exec(first) ?? [];
    // What lies in the repository is a part of it.
    if (/^(workspace|link|portal|file):/.test(range) || /@(workspace|link|portal):/.test(entry.resolution)) return this.part(called ?? '');
    const aliased = /^npm:((?:@[^@/\s]{1,200}\/)?[^@/\s]{1,200})@/.exec(range)?.[1];
    const name = PATTERN.exec(entry.resolution)?.[1] ?? aliased ?? called;
    this.add(first, name, entry.version, { dependsOn: entry.wanted });
    for (const pattern of entry.patterns) if (!this.keys.has(pattern)) this.keys.set(pattern, first);
  }

  override resolve({ name, version, from }: Dependency): string | undefined {
    const alias = from.slice(from.indexOf('#') + 1).replace(/^\w+\./, '');
    return this.chosen(`${name}@${version ?? '*'}`) ?? this.chosen(`${alias}@npm:${name}@${version ?? '*'}`) ?? this.keyOf(name);
  }

  /** Key of the entry for what was asked for; later versions say `npm:` in the head alone. */
  chosen(pattern: string): string | undefined {
    return this.keys.get(pattern) ?? this.keys.get(pattern.replace(/^(.[^@]*)@/, '$1@npm:'));
  }
}

function patternsOf(head: string): string[] {
  // Later versions quote the whole list, the first one each of it.
  return head.split(', ', MAX_PATTERNS).map((pattern) => pattern.trim().replace(/^"|"$/g, '')).filter((pattern) => PATTERN.test(pattern));
}

function unquoted(text: string): string {
  return text.trim().replace(/^"(.*)"$/s, '$1');
}
