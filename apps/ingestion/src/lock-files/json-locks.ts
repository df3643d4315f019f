import { parse as parseTolerant } from 'jsonc-parser';
import { at, listOf, tableOf, textOf, textsOf } from '../manifests/parsed-value';
import { LockDraft, type LockFormat } from './lock-file';
import { parseLockJson } from './lock-json';

/** https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file-to-version-control */
export const composerLock: LockFormat = {
  ecosystem: 'composer',
  matches: (name) => name === 'composer.lock',
  parse(path, text) {
    const lock = new LockDraft(path, 'composer');
    const root = parseLockJson(text, lock);
    for (const [field, group] of [['packages', 'runtime'], ['packages-dev', 'dev']] as const) {
      for (const entry of listOf(at(root, field))) {
        const name = textOf(at(entry, 'name'));
        lock.add(name ?? '', name, textOf(at(entry, 'version')), { group, dependsOn: Object.keys(tableOf(at(entry, 'require'))) });
      }
    }
    lock.link();
    return lock;
  },
};

/** https://pipenv.pypa.io/en/latest/pipfile.html#pipfile-lock: no word of what depends on what. */
export const pipfileLock: LockFormat = {
  ecosystem: 'pypi',
  matches: (name) => name === 'Pipfile.lock',
  parse(path, text) {
    const lock = new LockDraft(path, 'pypi');
    const root = parseLockJson(text, lock);
    for (const [field, group] of [['default', 'runtime'], ['develop', 'dev']] as const) {
      for (const [name, entry] of Object.entries(tableOf(at(root, field)))) lock.add(name, name, textOf(at(entry, 'version'))?.replace(/^={2,3}/, ''), { group });
    }
    return lock;
  },
};

/** https://learn.microsoft.com/en-us/nuget/consume-packages/package-references-in-project-files#locking-dependencies */
export const nugetLock: LockFormat = {
  ecosystem: 'nuget',
  matches: (name) => name === 'packages.lock.json',
  parse(path, text) {
    const lock = new LockDraft(path, 'nuget');
    const root = parseLockJson(text, lock);
    for (const packages of Object.values(tableOf(at(root, 'dependencies')))) {
      for (const [name, entry] of Object.entries(tableOf(packages))) {
        if (textOf(at(entry, 'type')) !== 'Project') lock.add(`${name} ${textOf(at(entry, 'resolved'))}`, name, textOf(at(entry, 'resolved')), { dependsOn: Object.keys(tableOf(at(entry, 'dependencies'))) });
      }
    }
    lock.link();
    return lock;
  },
};

/** `chalk@5.3.0`, `@std/path@1.0.8`, and what Deno and Bun have behind that for peers. */
const NAME_AND_VERSION = /^((?:@[^/@]{1,200}\/)?[^/@]{1,200})@([^@_]{1,200})/;

/** https://docs.deno.com/runtime/fundamentals/modules/#integrity-checking-and-lock-files, versions 3 to 5. */
export const denoLock: LockFormat = {
  ecosystem: 'jsr',
  matches: (name) => name === 'deno.lock',
  parse(path, text) {
    const lock = new LockDraft(path, 'jsr');
    const root = parseLockJson(text, lock);
    const packages = at(root, 'packages') ?? root;
    for (const ecosystem of ['jsr', 'npm'] as const) {
      for (const [key, entry] of Object.entries(tableOf(at(packages, ecosystem)))) {
        const [, name, version] = NAME_AND_VERSION.exec(key) ?? [];
        const listed = at(entry, 'dependencies');
        const wanted = Array.isArray(listed) ? textsOf(listed) : Object.keys(tableOf(listed));
        lock.add(`${ecosystem}:${key}`, name, version, { ecosystem, dependsOn: wanted.map((one) => one.replace(/^(?:jsr|npm):/, '')) });
      }
    }
    lock.link((wanted, { ecosystem }) => (lock.packages.has(`${ecosystem}:${wanted}`) ? `${ecosystem}:${wanted}` : lock.keyOf(wanted.replace(/(.)@.*$/s, '$1'), ecosystem) ?? lock.keyOf(wanted.replace(/(.)@.*$/s, '$1'), 'npm')));
    return lock;
  },
};

/** https://bun.sh/docs/install/lockfile: JSON with commas too many; packages by where they are installed, `a/b` within `a`. */
export const bunLock: LockFormat = {
  ecosystem: 'npm',
  matches: (name) => name === 'bun.lock',
  parse(path, text) {
    const lock = new LockDraft(path, 'npm');
    const packages = tableOf(at(readTolerant(text, lock), 'packages'));
    for (const [key, entry] of Object.entries(packages)) {
      const [what, ...rest] = listOf(entry);
      const [, name, version] = NAME_AND_VERSION.exec(textOf(what) ?? '') ?? [];
      const wanted = ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((field) => rest.flatMap((one) => Object.keys(tableOf(at(one, field)))));
      lock.add(key, name, version, { dependsOn: wanted.map((one) => (Object.hasOwn(packages, `${key}/${one}`) ? `${key}/${one}` : one)) });
    }
    lock.link((wanted) => (lock.packages.has(wanted) ? wanted : undefined));
    return lock;
  },
};

function readTolerant(text: string, lock: LockDraft): unknown {
  try {
    return parseTolerant(text, [], { allowTrailingComma: true }) as unknown;
  } catch {
    // The parser calls itself for each level.
    lock.invalid('is nested too deep');
    return undefined;
  }
}
