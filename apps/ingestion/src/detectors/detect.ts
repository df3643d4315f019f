import type { Tag } from '@osiris/contracts';
import type { Manifest } from '../manifests/manifest';
import { folderOf, isMainFolder } from '../readers/app-folders';
import type { Contents, Repository } from '../readers/reader';
import { autoTags, makeTag } from '../readers/tags';
import { AppPackages } from './detect-packages';
import { type AppPaths, appPaths } from './detect-paths';
import type { Clue, Clues, Detector, PackageName } from './detector';
import { majorVersion } from './major-version';

/** What detectors judge by. */
export interface Evidence {
  repository: Repository;
  /** Of the files that `wantedByPatterns` named. */
  contents: Contents;
  manifests: readonly Manifest[];
  images: readonly SeenImage[];
}

/** Image without registry, tag and digest, and the place that names it. */
export interface SeenImage {
  name: string;
  from: string;
  /** It is what the last stage of the Dockerfile is built on. */
  base?: true;
}

/** Files at most that one pattern's glob looks into. */
const MAX_PATTERN_FILES = 8;
const MAX_PATTERN_LENGTH = 65_536;
const DEFAULT_CONFIDENCE = 0.9;
/** What is seen aside of the app's main folders counts that much of what it counts in them. */
const ASIDE = 0.75;
/** In characters, of the place that is shown: what names the rule behind it is to remain. */
const MAX_PLACE = 220;

interface Sighting {
  /** File and place in it: `package.json#dependencies.next`, `Dockerfile#line 3`, `hugo.toml`. */
  from: string;
  /** Seen in the root or the Dockerfile's folder. */
  main: boolean;
}

/** The files that detectors look into for patterns. */
export function wantedByPatterns(detectors: readonly Detector[], repository: Repository): string[] {
  const paths = appPaths(repository);
  return [...new Set([repository.dockerfilePath, ...patternGlobs(detectors).flatMap((glob) => paths.fitting(glob).slice(0, MAX_PATTERN_FILES))])];
}

const globsOf = new WeakMap<readonly Detector[], readonly string[]>();

function patternGlobs(detectors: readonly Detector[]): readonly string[] {
  const known = globsOf.get(detectors) ?? [...new Set(detectors.flatMap(cluesOf).flatMap((clue) => ('pattern' in clue ? [clue.in] : [])))];
  globsOf.set(detectors, known);
  return known;
}

/** Every single clue of a detector, whatever it counts for. */
export function cluesOf({ every = [], some = [], none = [] }: Clues): Exclude<Clue, Clues>[] {
  return [...every, ...some, ...none].flatMap((clue) => (isSingle(clue) ? [clue] : cluesOf(clue)));
}

function isSingle(clue: Clue): clue is Exclude<Clue, Clues> {
  return 'package' in clue || 'image' in clue || 'base' in clue || 'file' in clue || 'glob' in clue || 'pattern' in clue || 'dockerfile' in clue;
}

/** Tags of every detector that fits, each with its sighting's file and rule in `from`. */
export function detect(detectors: readonly Detector[], evidence: Evidence): Tag[] {
  const packages = new AppPackages(evidence.manifests, evidence.repository.dockerfilePath);
  const sight = new Sight(evidence, appPaths(evidence.repository), packages);
  const found = detectors.flatMap((detector) => {
    const sighting = sight.of(detector);
    return sighting ? [{ detector, sighting }] : [];
  });
  const present = found.map(({ detector }) => detector);
  return found.flatMap(({ detector, sighting }) => {
    const [key, value] = splitTag(detector.tag);
    const confidence = Math.round((detector.confidence ?? DEFAULT_CONFIDENCE) * (sighting.main ? 1 : ASIDE) * 100) / 100;
    const tag = makeTag('auto', place(sighting.from, detector), key, value, confidence);
    const version = versionOf(detector, present, packages);
    return [...(tag ? [tag] : []), ...(version ? autoTags(place(version.from, detector), `${key}-version`, [version.major], confidence) : [])];
  });
}

/** The major version required, by a manifest that does not serve an app made with something that contains the detector's tag. */
function versionOf({ tag, version }: Detector, present: readonly Detector[], packages: AppPackages): { major: string; from: string } | undefined {
  const versioned = namesIn(version);
  if (versioned.length === 0) return undefined;
  const containers = present.filter(({ contains }) => contains?.includes(tag));
  // Seen without a package, it cannot be told which manifest is its own.
  if (containers.some((container) => !namesIn(container.version).some((name) => packages.named(name, true).length > 0))) return undefined;
  const theirs = packages.serving(containers.flatMap((container) => namesIn(container.version)));
  for (const { dependency, manifest } of versioned.flatMap((name) => packages.named(name, true))) {
    const major = theirs.has(manifest) ? undefined : majorVersion(dependency.version);
    if (major !== undefined) return { major, from: dependency.from };
  }
  return undefined;
}

function namesIn(version: Detector['version']): readonly PackageName[] {
  return typeof version === 'string' ? [version] : (version ?? []);
}

/** What can be seen of a repository, clue by clue. */
class Sight {
  constructor(
    private readonly evidence: Evidence,
    private readonly paths: AppPaths,
    private readonly packages: AppPackages,
  ) {}

  /** The place to show where the clues are as they should be; a main one where there is. */
  of({ every = [], some = [], none = [] }: Clues): Sighting | undefined {
    const sightings: Sighting[] = [];
    for (const clue of every) {
      const sighting = this.clue(clue);
      if (!sighting) return undefined;
      sightings.push(sighting);
    }
    const any = some.map((clue) => this.clue(clue)).filter((sighting) => sighting !== undefined);
    if (some.length > 0 && any.length === 0) return undefined;
    if (none.some((clue) => this.clue(clue))) return undefined;
    const all = [...sightings, ...any];
    return all.find(({ main }) => main) ?? all[0];
  }

  private clue(clue: Clue): Sighting | undefined {
    if (!isSingle(clue)) return this.of(clue);
    if ('package' in clue) return this.package(clue.package, clue.dev === true);
    if ('image' in clue) return this.image(this.evidence.images.find(({ name }) => name === clue.image));
    if ('base' in clue) return this.image(this.evidence.images.find(({ name, base }) => base === true && name === clue.base));
    if ('file' in clue) return this.best(this.paths.named(clue.file));
    if ('glob' in clue) return this.best(this.paths.fitting(clue.glob));
    if ('dockerfile' in clue) return this.pattern(clue.dockerfile, [this.evidence.repository.dockerfilePath]);
    return this.pattern(clue.pattern, this.paths.fitting(clue.in).slice(0, MAX_PATTERN_FILES));
  }

  private package(name: PackageName, dev: boolean): Sighting | undefined {
    const [first] = this.packages.named(name, dev);
    return first && { from: first.dependency.from, main: this.packages.isMain(first) };
  }

  private image(seen: SeenImage | undefined): Sighting | undefined {
    return seen && { from: seen.from, main: this.isMain(seen.from.replace(/#.*$/s, '')) };
  }

  private pattern(pattern: RegExp, paths: readonly string[]): Sighting | undefined {
    let aside: Sighting | undefined;
    for (const path of paths) {
      const text = this.evidence.contents.get(path)?.text.slice(0, MAX_PATTERN_LENGTH);
      const match = text === undefined ? null : pattern.exec(text);
      if (!match || text === undefined) continue;
      const sighting = { from: `${path}#line ${text.slice(0, match.index).split('\n').length}`, main: this.isMain(path) };
      if (sighting.main) return sighting;
      aside ??= sighting;
    }
    return aside;
  }

  private best(paths: readonly string[]): Sighting | undefined {
    const path = paths.find((one) => this.isMain(one)) ?? paths[0];
    return path === undefined ? undefined : { from: path, main: this.isMain(path) };
  }

  private isMain(path: string): boolean {
    return isMainFolder(folderOf(path), this.evidence.repository.dockerfilePath);
  }
}

function place(from: string, { tag }: Detector): string {
  return `${from.length > MAX_PLACE ? `…${from.slice(-MAX_PLACE)}` : from} (${tag})`;
}

function splitTag(tag: string): [string, string] {
  const colon = tag.indexOf(':');
  return [tag.slice(0, colon), tag.slice(colon + 1)];
}
