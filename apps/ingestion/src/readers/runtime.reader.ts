import type { Tag } from '@osiris/contracts';
import type { DockerfileContent } from '../dockerfiles/dockerfile';
import { parsedDockerfile } from '../dockerfiles/parsed-dockerfile';
import { appManifests, wantedManifests } from '../manifests/app-manifests';
import type { Ecosystem, Manifest } from '../manifests/manifest';
import { folderOf, isMainFolder } from './app-folders';
import { imageRuntime } from './base-images';
import type { Contents, Reader, Reading, Repository } from './reader';
import { commandRuntime } from './runtime-commands';
import { runtimeVersion } from './runtime-version';
import { autoTags } from './tags';
import { VERSION_FILES, versionsIn } from './version-files';

/**
 * What their compilers leave behind runs without them: the stage that builds says what it is. .NET is published with its
 * runtime in it or installs it as a package; Java is started by servers of many names.
 */
const COMPILED = new Set(['go', 'rust', 'elixir', 'swift', 'dart', 'crystal', 'haskell', 'nim', 'dotnet', 'java']);

/** npm comes last: it also builds the pages of apps that run in something else. */
const OF_ECOSYSTEM: readonly [Ecosystem, string][] = [
  ['pypi', 'python'], ['gem', 'ruby'], ['composer', 'php'], ['hex', 'elixir'], ['maven', 'java'], ['nuget', 'dotnet'], ['go', 'go'], ['cargo', 'rust'], ['npm', 'node'],
];

/** A runtime, or a version of one, and the place that says so. */
interface Said {
  runtime: string;
  /** As written; null where the place says the runtime alone. */
  version: string | null;
  from: string;
  confidence: number;
}

/** What the app's processes run in, and which version of it. The order of precedence: docs/ingestion.md. */
export const runtimeReader: Reader = {
  name: 'runtime',
  wants: (repository) => [repository.dockerfilePath, ...versionFiles(repository), ...wantedManifests(repository)],
  read(contents, repository): Reading {
    const content = contents.get(repository.dockerfilePath);
    const dockerfile = content ? ofDockerfile(repository.dockerfilePath, parsedDockerfile(content)) : undefined;
    const manifests = nearestFirst(appManifests(repository, contents), repository);
    const runtime = dockerfile === undefined || dockerfile === 'installed' ? ofManifests(manifests) : dockerfile;
    return runtime === 'none' || runtime === undefined ? {} : { tags: tagsOf(runtime, [...ofFiles(contents, repository), ...ofRequirements(manifests)]) };
  },
};

function tagsOf(runtime: Said, further: readonly Said[]): Tag[] {
  const versions = [runtime, ...further.filter((one) => one.runtime === runtime.runtime)].flatMap(({ runtime: name, version, from, confidence }) => {
    const value = version === null ? undefined : runtimeVersion(name, version);
    return value === undefined ? [] : autoTags(from, 'runtime-version', [value], confidence);
  });
  return [...autoTags(runtime.from, 'runtime', [runtime.runtime], runtime.confidence), ...versions.slice(0, 1)];
}

/** `installed`: whatever runs is installed into an image that says nothing. `none`: nothing that is known runs. */
function ofDockerfile(path: string, { stages, final }: DockerfileContent): Said | 'installed' | 'none' {
  if (!final) return 'installed';
  const image = imageRuntime(final.base);
  if (image) return { ...image, from: `${path}#FROM ${final.base}`, confidence: 0.95 };
  const builders = stages.slice(0, -1).flatMap((stage) => {
    const builder = imageRuntime(stage.base);
    return builder ? [{ ...builder, from: `${path}#FROM ${stage.base}`, confidence: 0.85 }] : [];
  });
  const started = commandRuntime(`${final.entrypoint ?? ''} ${final.command ?? ''}`);
  if (started !== undefined) return { runtime: started, version: builders.find(({ runtime }) => runtime === started)?.version ?? null, from: `${path}#CMD`, confidence: 0.8 };
  const compiled = builders.findLast(({ runtime }) => COMPILED.has(runtime));
  if (compiled) return compiled;
  // Files that another stage built, copied into an image without a runtime, are served by what came with it.
  return builders.length > 0 ? 'none' : 'installed';
}

function ofManifests(manifests: readonly Manifest[]): Said | undefined {
  for (const [ecosystem, runtime] of OF_ECOSYSTEM) {
    const manifest = manifests.find((one) => one.ecosystem === ecosystem && (one.name !== null || one.dependencies.length > 0));
    if (manifest) return { runtime, version: null, from: manifest.path, confidence: 0.7 };
  }
  return undefined;
}

function ofFiles(contents: Contents, repository: Repository): Said[] {
  return versionFiles(repository).flatMap((path) =>
    versionsIn(path, contents.get(path)?.text ?? '').map(({ runtime, version, place }) => ({ runtime, version, from: place === '' ? path : `${path}#${place}`, confidence: 0.9 })),
  );
}

function ofRequirements(manifests: readonly Manifest[]): Said[] {
  const all = manifests.flatMap(({ path, runtimes }) => runtimes.map((one) => ({ runtime: one.name, version: one.version, from: one.from, confidence: 0.8, pin: /(^|\/)global\.json$/.test(path) })));
  // global.json pins, as the files of versions do.
  return [...all.filter(({ pin }) => pin), ...all.filter(({ pin }) => !pin)];
}

/** Those of the Dockerfile's folder before those of the root, in the order of `VERSION_FILES`. */
function versionFiles({ files, dockerfilePath }: Repository): string[] {
  const rank = new Map(VERSION_FILES.map((name, index) => [name, index]));
  const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  return files
    .map(({ path }) => path)
    .filter((path) => rank.has(nameOf(path)) && isMainFolder(folderOf(path), dockerfilePath))
    .sort((a, b) => folderOf(b).length - folderOf(a).length || (rank.get(nameOf(a)) ?? 0) - (rank.get(nameOf(b)) ?? 0));
}

/** Manifests of the Dockerfile's folder, then the root's, then the others'. */
function nearestFirst(manifests: readonly Manifest[], { dockerfilePath }: Repository): Manifest[] {
  const distance = ({ path }: Manifest): number => (folderOf(path) === folderOf(dockerfilePath) ? 0 : folderOf(path) === '' ? 1 : 2);
  return [...manifests].sort((a, b) => distance(a) - distance(b));
}
