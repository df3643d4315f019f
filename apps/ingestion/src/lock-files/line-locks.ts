import type { Dependency } from '../manifests/manifest';
import { LockDraft, type LockFormat } from './lock-file';

/** https://bundler.io/guides/rationale.html: sections of `specs:`, a package four blanks in, what it depends on six. */
export const gemfileLock: LockFormat = {
  ecosystem: 'gem',
  matches: (name) => name === 'Gemfile.lock' || name === 'gems.locked',
  parse(path, text) {
    const lock = new LockDraft(path, 'gem');
    let section = '';
    let gem: { name: string; version: string; dependsOn: string[] } | undefined;
    const finish = (): void => {
      if (gem && section === 'PATH') lock.part(gem.name);
      // Of the builds for several platforms the first counts.
      else if (gem) lock.add(gem.name, gem.name, gem.version.replace(PLATFORM, ''), { dependsOn: gem.dependsOn });
      gem = undefined;
    };
    for (const line of text.split('\n')) {
      const [, indent = '', name = '', version] = /^( {4}| {6})([\w.-]{1,200})(?: \(([^)]{1,200})\))?!?\r?$/.exec(line) ?? [];
      if (/^\S/.test(line)) {
        finish();
        section = line.trim();
      } else if (indent.length === 4 && version !== undefined) {
        finish();
        gem = { name, version, dependsOn: [] };
      } else if (indent.length === 6) gem?.dependsOn.push(name);
    }
    finish();
    lock.link();
    return lock;
  },
};

/** `1.18.2-x86_64-linux-gnu`: https://guides.rubygems.org/gems-with-extensions/ */
const PLATFORM = /-(?:(?:x86_64|x86|x64|aarch64|arm64|arm|universal|i\d86|java|ruby|mingw\d*|mswin\d*)(?:-.*)?)$/;

/** https://hexdocs.pm/mix/Mix.Tasks.Deps.html: a map of tuples, one a line. Of those from git the version is the commit. */
export const mixLock: LockFormat = {
  ecosystem: 'hex',
  matches: (name) => name === 'mix.lock',
  parse(path, text) {
    const lock = new LockDraft(path, 'hex');
    for (const line of text.split('\n')) {
      const [, app, name = app, version] = /^ {2}"?(\w{1,200})"?: \{:hex, :(\w{1,200}), "([^"]{1,200})"/.exec(line) ?? [];
      if (app === undefined || version === undefined) continue;
      const dependsOn = [...line.slice(0, 20_000).matchAll(/\{:(\w{1,200}), "[^"]{0,200}", \[hex: :(\w{1,200})/g)].map(([, , hex = '']) => hex);
      lock.add(app, name, version, { dependsOn });
    }
    lock.link();
    return lock;
  },
};

/** https://docs.gradle.org/current/userguide/dependency_locking.html: `group:artifact:version=configuration,…`. */
export const gradleLock: LockFormat = {
  ecosystem: 'maven',
  matches: (name) => name === 'gradle.lockfile' || name === 'buildscript-gradle.lockfile',
  parse(path, text) {
    const lock = new LockDraft(path, 'maven');
    for (const line of text.split('\n')) {
      const [, name, version, configurations = ''] = /^([\w.-]{1,200}:[\w.-]{1,200}):([^=:\s]{1,200})=(.{0,5000})$/.exec(line.trim()) ?? [];
      lock.add(`${name}:${version}`, name, version, { group: gradleGroup(configurations.split(',')) });
    }
    return lock;
  },
};

/** What is on the class path at run time; else it serves to build or to test. */
function gradleGroup(configurations: readonly string[]): Dependency['group'] {
  return configurations.some((name) => /^(?!test)\w*runtimeClasspath$/i.test(name)) ? 'runtime' : 'dev';
}
