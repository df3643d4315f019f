import type { Tag } from '@osiris/contracts';
import picomatch from 'picomatch';
import type { Dependency, Manifest } from '../manifests/manifest';
import { isMainFolder, isOfTheApp, folderOf } from '../readers/app-folders';
import type { Contents, Repository } from '../readers/reader';
import { autoTags, makeTag } from '../readers/tags';
import type { Clue, Detector, PackageName } from './detector';
import { majorVersion } from './major-version';

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
}

/** Files at most that one pattern's glob looks into. */
const MAX_PATTERN_FILES = 8;
const MAX_PATTERN_LENGTH = 65_536;
const DEFAULT_CONFIDENCE = 0.9;
const ASIDE = 0.75;

interface Sighting {
  from: string;
  /** Seen in the root or the Dockerfile's folder. */
  main: boolean;
}

/** The files that detectors look into for patterns. */
export function wantedByPatterns(detectors: readonly Detector[], repository: Repository): string[] {
  const seen = new Sight(repository);
  const globs = new Set(detectors.flatMap(({ every = [], some = [], none = [] }) => [...every, ...some, ...none]).flatMap((clue) => ('pattern' in clue ? [clue.in] : [])));
  return [...new Set([...globs].flatMap((glob) => seen.fitting(glob).slice(0, MAX_PATTERN_FILES)))];
}

/** Tags of every detector that fits, each with its sightings' file and rule in `from`. */
export function detect(detectors: readonly Detector[], evidence: Evidence): Tag[] {
  const sight = new Sight(evidence.repository, evidence);
  const found = detectors.flatMap((detector) => {
    const sighting = sight.of(detector);
    return sighting ? [{ detector, sighting }] : [];
  });
  const contained = new Set(found.flatMap(({ detector }) => detector.contains ?? []));
  return found.flatMap(({ detector, sighting }) => {
    const [key, value] = splitTag(detector.tag);
    const confidence = Math.round((detector.confidence ?? DEFAULT_CONFIDENCE) * (sighting.main ? 1 : ASIDE) * 100) / 100;
    const tag = makeTag('auto', `${sighting.from} (${detector.tag})`, key, value, confidence);
    const version = detector.version && !contained.has(detector.tag) ? sight.dependency(detector.version, true) : undefined;
    const major = version && majorVersion(version.version);
    return [...(tag ? [tag] : []), ...(version && major ? autoTags(version.from, `${key}-version`, [major], confidence) : [])];
  });
}

/** What can be seen of a repository, clue by clue. */
class Sight {
  private readonly paths: readonly string[];
  private readonly byName = new Map<string, string[]>();
  private readonly packages = new Map<string, Dependency[]>();
  private readonly globs = new Map<string, string[]>();

  constructor(
    private readonly repository: Repository,
    private readonly evidence: Omit<Evidence, 'repository'> = { contents: new Map(), manifests: [], images: [] },
  ) {
    this.paths = repository.files.map(({ path }) => path).filter((path) => isOfTheApp(path, repository.dockerfilePath));
    for (const path of this.paths) push(this.byName, path.slice(path.lastIndexOf('/') + 1).toLowerCase(), path);
    for (const manifest of evidence.manifests) for (const one of manifest.dependencies) push(this.packages, `${one.ecosystem}:${one.name}`, one);
  }

  of({ every = [], some = [], none = [] }: Detector): Sighting | undefined {
    const all = every.map((clue) => this.clue(clue));
    const any = some.map((clue) => this.clue(clue)).filter((sighting) => sighting !== undefined);
    if (all.includes(undefined) || (some.length > 0 && any.length === 0) || none.some((clue) => this.clue(clue))) return undefined;
    const sightings = [...all.filter((sighting) => sighting !== undefined), ...any];
    return sightings.find(({ main }) => main) ?? sightings[0];
  }

  dependency(name: PackageName, dev: boolean): Dependency | undefined {
    const candidates = name.endsWith('*')
      ? [...this.packages].filter(([key]) => key.startsWith(name.slice(0, -1))).flatMap(([, all]) => all)
      : (this.packages.get(name) ?? []);
    const fitting = candidates.filter(({ group }) => dev || group !== 'dev');
    return fitting.find(({ from }) => this.main(from)) ?? fitting[0];
  }

  /** Paths of the app that fit the glob, each taken from the folder of the app that it lies in or below. */
  fitting(glob: string): string[] {
    const known = this.globs.get(glob);
    if (known) return known;
    const fits = picomatch(glob.includes('/') ? [glob, `**/${glob}`] : `**/${glob}`, { nocase: true, dot: true });
    const found = this.paths.filter((path) => fits(path));
    this.globs.set(glob, found);
    return found;
  }

  private clue(clue: Clue): Sighting | undefined {
    if ('package' in clue) return this.seen(this.dependency(clue.package, clue.dev === true)?.from);
    if ('image' in clue) return this.seen(this.evidence.images.find(({ name }) => name === clue.image)?.from);
    if ('file' in clue) return this.file(clue.file);
    if ('glob' in clue) return this.best(this.fitting(clue.glob));
    const holding = this.fitting(clue.in).filter((path) => clue.pattern.test(this.evidence.contents.get(path)?.text.slice(0, MAX_PATTERN_LENGTH) ?? ''));
    return this.best(holding);
  }

  private file(file: string): Sighting | undefined {
    const wanted = file.toLowerCase();
    const named = this.byName.get(wanted.slice(wanted.lastIndexOf('/') + 1)) ?? [];
    return this.best(named.filter((path) => `/${path.toLowerCase()}`.endsWith(`/${wanted}`)));
  }

  private best(paths: readonly string[]): Sighting | undefined {
    return this.seen(paths.find((path) => this.main(path)) ?? paths[0]);
  }

  private seen(from: string | undefined): Sighting | undefined {
    return from === undefined ? undefined : { from, main: this.main(from) };
  }

  private main(from: string): boolean {
    return isMainFolder(folderOf(from.replace(/#.*$/s, '')), this.repository.dockerfilePath);
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function splitTag(tag: string): [string, string] {
  const colon = tag.indexOf(':');
  return [tag.slice(0, colon), tag.slice(colon + 1)];
}
