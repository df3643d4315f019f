import type { Tag } from '@osiris/contracts';
import { parsedDockerfile } from '../dockerfiles/parsed-dockerfile';
import { appManifests, wantedManifests } from '../manifests/app-manifests';
import type { Ecosystem, Manifest } from '../manifests/manifest';
import { folderOf, isMainFolder, isOfTheApp } from './app-folders';
import type { Contents, Reader, Reading, Repository } from './reader';
import { autoTags } from './tags';

interface Lock {
  ecosystem: Ecosystem;
  manager: string;
}

/**
 * File that only one package manager writes → which. Of several in one folder the earlier counts: npm's is the one that is
 * written by mistake, requirements are exported from others.
 */
const LOCK_FILES: Readonly<Record<string, Lock>> = {
  'pnpm-lock.yaml': { ecosystem: 'npm', manager: 'pnpm' },
  'yarn.lock': { ecosystem: 'npm', manager: 'yarn' },
  'bun.lock': { ecosystem: 'npm', manager: 'bun' },
  'bun.lockb': { ecosystem: 'npm', manager: 'bun' },
  'npm-shrinkwrap.json': { ecosystem: 'npm', manager: 'npm' },
  'package-lock.json': { ecosystem: 'npm', manager: 'npm' },
  'uv.lock': { ecosystem: 'pypi', manager: 'uv' },
  'poetry.lock': { ecosystem: 'pypi', manager: 'poetry' },
  'pdm.lock': { ecosystem: 'pypi', manager: 'pdm' },
  'Pipfile.lock': { ecosystem: 'pypi', manager: 'pipenv' },
  'conda-lock.yml': { ecosystem: 'pypi', manager: 'conda' },
  'Cargo.lock': { ecosystem: 'cargo', manager: 'cargo' },
  'go.sum': { ecosystem: 'go', manager: 'go' },
  'composer.lock': { ecosystem: 'composer', manager: 'composer' },
  'Gemfile.lock': { ecosystem: 'gem', manager: 'bundler' },
  'mix.lock': { ecosystem: 'hex', manager: 'mix' },
  'packages.lock.json': { ecosystem: 'nuget', manager: 'nuget' },
  'gradle.lockfile': { ecosystem: 'maven', manager: 'gradle' },
  gradlew: { ecosystem: 'maven', manager: 'gradle' },
  mvnw: { ecosystem: 'maven', manager: 'maven' },
};
const ORDER = Object.keys(LOCK_FILES);

/** Of an ecosystem's manifests that name no package manager. */
const USUAL: Readonly<Partial<Record<Ecosystem, string>>> = { npm: 'npm', pypi: 'pip' };
const CONDA_IMAGE = /(^|\/)(mini|ana|micro)?(conda|forge|mamba)\w*(:|@|$)/i;

/** One package manager of each ecosystem: a lock file says which; then the manifest; then what is usual. */
export const packageManagerReader: Reader = {
  name: 'package-manager',
  wants: (repository) => [repository.dockerfilePath, ...wantedManifests(repository)],
  read(contents, repository): Reading {
    const manifests = appManifests(repository, contents);
    const locks = repository.files.map(({ path }) => path).filter((path) => Object.hasOwn(LOCK_FILES, nameOf(path)) && isOfTheApp(path, repository.dockerfilePath));
    const ecosystems = new Set([...locks.map((path) => lockOf(path).ecosystem), ...manifests.map(({ ecosystem }) => ecosystem)]);
    return { tags: [...ecosystems].flatMap((ecosystem) => managerOf(ecosystem, locks, manifests, contents, repository)) };
  },
};

function managerOf(ecosystem: Ecosystem, allLocks: readonly string[], all: readonly Manifest[], contents: Contents, repository: Repository): Tag[] {
  const manifests = all.filter((manifest) => manifest.ecosystem === ecosystem && says(manifest));
  const locks = nearest(allLocks.filter((path) => lockOf(path).ecosystem === ecosystem), repository);
  const named = manifests.find(({ packageManager }) => packageManager !== null && packageManager !== USUAL[ecosystem]);
  // Several lock files lie side by side after a change of the package manager: the manifest knows which is the present one.
  const lock = locks.find((path) => lockOf(path).manager === named?.packageManager) ?? locks[0];
  if (lock !== undefined) return autoTags(lock, 'package-manager', [lockOf(lock).manager], 0.95);
  if (named?.packageManager === 'conda' && ecosystem === 'pypi') return conda(named, manifests, contents, repository);
  if (named?.packageManager) return autoTags(named.path, 'package-manager', [named.packageManager], 0.9);
  const [manifest] = manifests;
  const manager = manifest?.packageManager ?? USUAL[ecosystem];
  return manifest && manager !== undefined ? autoTags(manifest.path, 'package-manager', [manager], 0.8) : [];
}

/** An environment of conda beside requirements of pip is for those who work on it, unless the image is one of conda. */
function conda(environment: Manifest, manifests: readonly Manifest[], contents: Contents, { dockerfilePath }: Repository): Tag[] {
  const dockerfile = contents.get(dockerfilePath);
  const base = dockerfile ? (parsedDockerfile(dockerfile).final?.base ?? '') : '';
  const other = manifests.find((manifest) => manifest.packageManager !== 'conda' && manifest.dependencies.length > 0);
  if (other && !CONDA_IMAGE.test(base)) return autoTags(other.path, 'package-manager', [other.packageManager ?? 'pip'], 0.8);
  return autoTags(environment.path, 'package-manager', ['conda'], 0.9);
}

/** Whether it is about packages at all: many a pyproject.toml or setup.cfg only configures a linter. */
function says({ format, name, dependencies, packageManager }: Manifest): boolean {
  return format === 'package.json' || name !== null || dependencies.length > 0 || (packageManager !== null && format !== 'requirements.txt');
}

/** Those of the main folders, in the order of the table, before those of others. */
function nearest(paths: readonly string[], { dockerfilePath }: Repository): string[] {
  const rank = (path: string): number => (isMainFolder(folderOf(path), dockerfilePath) ? 0 : 1_000) + ORDER.indexOf(nameOf(path));
  const beside = paths.filter((path) => folderOf(path) === folderOf(dockerfilePath));
  return [...(beside.length > 0 ? beside : paths)].sort((a, b) => rank(a) - rank(b));
}

function lockOf(path: string): Lock {
  return LOCK_FILES[nameOf(path)] ?? { ecosystem: 'npm', manager: '' };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
