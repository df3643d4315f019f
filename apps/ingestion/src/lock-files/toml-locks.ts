import { ManifestDraft } from '../manifests/manifest-draft';
import type { Dependency, Ecosystem } from '../manifests/manifest';
import { at, listOf, type Table, tableOf, textOf, textsOf } from '../manifests/parsed-value';
import { parseToml } from '../manifests/toml-source';
import { LockDraft, type LockFormat } from './lock-file';

/** Takes one `[[package]]`. */
type Take = (entry: unknown, lock: LockDraft) => void;

/** https://python-poetry.org/docs/basic-usage/#installing-with-poetrylock; PDM's is alike but for how it lists what a package depends on. */
export const poetryLock = tomlLock('pypi', ['poetry.lock', 'pdm.lock'], (entry, lock) => {
  const listed = at(entry, 'dependencies');
  const dependsOn = Array.isArray(listed) ? textsOf(listed).map((requirement) => /^[\w.-]+/.exec(requirement)?.[0] ?? '') : Object.keys(tableOf(listed));
  lock.add(keyOf(entry), textOf(at(entry, 'name')), textOf(at(entry, 'version')), { group: pythonGroup(entry), dependsOn });
});

/** https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile: the project itself is one of its packages, by its folder. */
export const uvLock = tomlLock('pypi', ['uv.lock'], (entry, lock) => {
  const source = tableOf(at(entry, 'source'));
  if (['virtual', 'editable', 'directory'].some((kind) => Object.hasOwn(source, kind))) return lock.part(textOf(at(entry, 'name')) ?? '');
  // Of the extras only those are there that somebody asks for.
  const listed = [at(entry, 'dependencies'), ...Object.values(tableOf(at(entry, 'optional-dependencies')))].flatMap(listOf);
  const dependsOn = listed.map((one) => textOf(at(one, 'name')) ?? '');
  lock.add(keyOf(entry), textOf(at(entry, 'name')), textOf(at(entry, 'version')), { dependsOn });
});

/** https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html: what has no source is a part of the workspace. */
export const cargoLock = tomlLock('cargo', ['Cargo.lock'], (entry, lock) => {
  // `serde`, or, where there are several, `serde 1.0.2`, or with its source behind that.
  const dependsOn = textsOf(at(entry, 'dependencies')).map((one) => one.split(' ', 2).join(' '));
  if (textOf(at(entry, 'source')) === null) lock.part(textOf(at(entry, 'name')) ?? '');
  else lock.add(keyOf(entry), textOf(at(entry, 'name')), textOf(at(entry, 'version')), { dependsOn });
});

function tomlLock(ecosystem: Ecosystem, names: readonly string[], take: Take): LockFormat {
  return {
    ecosystem,
    matches: (name) => names.includes(name),
    parse(path, text) {
      const lock = new LockDraft(path, ecosystem);
      const draft = new ManifestDraft(path, 'lock', ecosystem);
      const root: Table = parseToml(text, draft);
      const [problem] = draft.manifest.warnings;
      if (problem) lock.invalid('is not valid TOML', problem.line);
      for (const entry of listOf(at(root, 'package'))) take(entry, lock);
      lock.link((wanted) => (lock.packages.has(wanted) ? wanted : lock.keyOf(wanted)));
      return lock;
    },
  };
}

function keyOf(entry: unknown): string {
  return `${textOf(at(entry, 'name'))} ${textOf(at(entry, 'version'))}`;
}

/** `groups` since Poetry 2 and PDM, `category` before Poetry 1.5. */
function pythonGroup(entry: unknown): Dependency['group'] | null {
  const groups = [...textsOf(at(entry, 'groups')), ...textsOf(at(entry, 'category'))];
  if (groups.some((group) => group === 'main' || group === 'default')) return at(entry, 'optional') === true ? 'optional' : 'runtime';
  // Which of several named groups are for development only the manifest tells.
  return groups.length > 0 && groups.every((group) => /^(dev|test|lint|docs?)/.test(group)) ? 'dev' : null;
}
