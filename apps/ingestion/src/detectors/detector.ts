import type { Ecosystem } from '../manifests/manifest';

/** `npm:next`, `pypi:django`, `maven:org.springframework.boot:spring-boot-starter-web`; a trailing `*` stands for any rest. */
export type PackageName = `${Ecosystem}:${string}`;

/** One thing that can be seen in a repository. */
export type Clue =
  /** A file of this name in a folder of the app (see `app-folders.ts`); with "/" a path below one. Any case. */
  | { file: string }
  /** A file whose path below a folder of the app fits the glob (picomatch, case-insensitive). */
  | { glob: string }
  /** A dependency of one of the app's manifests; one that serves development only counts with `dev: true`, a peer never. */
  | { package: PackageName; dev?: true }
  /** A file of this glob holds the pattern within its first 64 KiB. The pattern must take time linear in the length. */
  | { pattern: RegExp; in: string }
  /** The Dockerfile that is built holds the pattern. */
  | { dockerfile: RegExp }
  /** An image that a compose file runs or the Dockerfile is built on, without registry, tag and digest: `postgres`, `bitnami/redis`. */
  | { image: string }
  /** An image that the Dockerfile's last stage is built on, named likewise: `nginx`, `nginxinc/nginx-unprivileged`. */
  | { base: string }
  /** Several that tell something only together: a package, but not where another one brings it along. */
  | Clues;

/** At least one of `every` and `some`. */
export interface Clues {
  every?: readonly Clue[];
  some?: readonly Clue[];
  /** Where one of these is seen, it is something else. */
  none?: readonly Clue[];
}

/** What gives one tag. */
export interface Detector extends Clues {
  /** `framework:nextjs`. Unique among all detectors. */
  tag: `${string}:${string}`;
  /** Package whose required version becomes the tag `<key>-version:<major>`; of several, the first that has one. */
  version?: PackageName | readonly PackageName[];
  /**
   * How sure it is, above 0 up to 1 (default 0.9): a package that is used for nothing else .95, a file name that others use
   * too .6. What was seen in a folder that is not the app's own main one counts three quarters.
   */
  confidence?: number;
  /** Tags that this one contains: their version is not told (`framework:react` where `framework:nextjs` is). */
  contains?: readonly `${string}:${string}`[];
}
