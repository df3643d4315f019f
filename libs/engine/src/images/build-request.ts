import type { BuildFailure } from './build-failure';
import type { BuildLogLine } from './build-log';
import type { ContextFiles } from './session/context-files';

export type Builder = 'buildkit' | 'classic';

export interface BuildImageRequest {
  /** What the Dockerfile can copy from, and itself. BuildKit takes of it what it does not have yet; the classic builder gets all of it. */
  context: ContextFiles;
  /** Whose context this is: the engine keeps files that it was sent under this name. Default: nobody's, and all are sent. BuildKit only. */
  contextOwner?: string;
  /** Path inside the context. */
  dockerfile: string;
  /** The Dockerfile's own text, as the context has it. Without it, no base images are told, and the classic builder knows no platform arguments. */
  dockerfileText?: string;
  /** name:tag */
  tag: string;
  labels: Record<string, string>;
  /** Values for the Dockerfile's `ARG`s. */
  args?: Record<string, string>;
  /** The stage that becomes the image, by name or by number from 0. Default: the last. */
  target?: string;
  /** Builds every step anew. */
  noCache?: boolean;
  /** Whose caches `RUN --mount=type=cache` sees: builds of different names share none. BuildKit only; the classic builder knows no such mounts. */
  cacheNamespace?: string;
  /** `linux/arm64`; default: the engine's own. */
  platform?: string;
  networkMode: 'default' | 'none';
  /** For each step; only the classic builder keeps to it. */
  memoryBytes?: number;
  /** Folder of the memory control group that builds run in (`memory.events` or `memory.oom_control`): tells exactly whether memory ran out. */
  memoryCgroup?: string;
  /** Default: BuildKit, or the classic builder where the engine has none. */
  builder?: Builder;
  /** Ends the build with BUILD_TIMEOUT, in milliseconds. */
  timeoutMs: number;
  /** Ends the build with BUILD_CANCELED. */
  signal?: AbortSignal;
  /** Awaited: a build that prints faster than its log is taken waits for it. */
  onLine(line: BuildLogLine): void | Promise<void>;
}

/** An image that the build began with or copied from. */
export interface NamedBase {
  /** As the Dockerfile names it, variables put in: `node:20-slim`. */
  name: string;
  /** `sha256:…` of the manifest, where the builder said it; undefined where only the engine can tell (`EngineImages`). */
  digest?: string;
}

export type BuildOutcome = { status: 'succeeded'; bases: NamedBase[] } | { status: 'failed'; failure: BuildFailure };
