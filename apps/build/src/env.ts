import { RegistryUrl } from '@osiris/engine';
import { baseEnv, Flag, readEnv } from '@osiris/service-kit';
import { z } from 'zod';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const count = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback);

export const buildEnv = baseEnv.extend({
  /** Where the container engine is; unset: the local socket. */
  DOCKER_HOST: z.string().regex(/^(unix|tcp|http):\/\//, 'must begin with unix:// or tcp://').optional(),
  /** Builds at once in this process. */
  BUILD_CONCURRENCY: count(1, 64),
  BUILD_TIMEOUT_SECONDS: count(900, 86_400),
  /** In bytes, for each step with the classic builder. BuildKit takes none: there the launcher limits its own engine. */
  BUILD_MEMORY_BYTES: z.coerce.number().int().min(64 * MIB).default(2048 * MIB),
  /** The control group that an engine of the launcher's runs its builds in: tells whether memory ran out. */
  BUILD_MEMORY_CGROUP: z.string().startsWith('/').optional(),
  /**
   * `classic`: builds by the engine's older builder, which is slower and knows no `RUN --mount`, but passes on all that a
   * step prints, however fast, and keeps to BUILD_MEMORY_BYTES by itself. `auto`: BuildKit where the engine has it.
   */
  BUILD_BUILDER: z.enum(['auto', 'classic']).default('auto'),
  /** `none` cuts a build's commands off from every network. There is no way to the host's. */
  BUILD_NETWORK: z.enum(['default', 'none']).default('default'),
  /** The files sent to the engine, after .dockerignore. */
  BUILD_CONTEXT_MAX_BYTES: count(1024 * MIB, Number.MAX_SAFE_INTEGER),
  /** The files of commits that were built, kept for an hour for builds of the same commit; 0: none are. */
  BUILD_SOURCES_MAX_BYTES: z.coerce.number().int().min(0).default(2 * GIB),
  /** Of a build's output, not compressed. What is beyond it is left out of the log. */
  BUILD_LOG_MAX_BYTES: count(512 * MIB, Number.MAX_SAFE_INTEGER),
  /** Whether the engine is the launcher's own, for this hub alone. */
  ENGINE_OWNED: Flag.default(false),
  /** How much of BuildKit's cache housekeeping leaves. Unset: 10 GiB where the engine is the launcher's, no limit elsewhere. */
  BUILD_CACHE_MAX_BYTES: z.coerce.number().int().min(1).optional(),
  /** Between two rounds of housekeeping; 0: only when the catalog asks for it. */
  HOUSEKEEPING_INTERVAL_SECONDS: z.coerce.number().int().min(0).max(2_000_000).default(3_600),
  /** `http(s)://[user:password@]host[:port][/prefix]`: images are pushed there. */
  REGISTRY_URL: RegistryUrl.optional(),
  // What could be ingested must be fetched again within the same limits.
  INGEST_TIMEOUT_SECONDS: count(120, 86_400),
  INGEST_MAX_BYTES: count(1024 * MIB, Number.MAX_SAFE_INTEGER),
  /** Folders, comma-separated, whose repositories may be fetched by `file://`. */
  GIT_ALLOWED_ROOTS: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((folder) => folder.trim()).filter((folder) => folder !== ''))
    .pipe(z.array(z.string().startsWith('/', 'absolute paths, comma-separated'))),
  GIT_ALLOW_PRIVATE_HOSTS: Flag.default(false),
});
export type BuildEnv = z.infer<typeof buildEnv>;

/** In bytes; null where the engine's build cache is not the hub's to prune. */
export function buildCacheLimit(env: Pick<BuildEnv, 'ENGINE_OWNED' | 'BUILD_CACHE_MAX_BYTES'>): number | null {
  return env.BUILD_CACHE_MAX_BYTES ?? (env.ENGINE_OWNED ? 10 * GIB : null);
}

/** Ends the process where the environment is wrong. */
export const readBuildEnv = (): BuildEnv => readEnv(buildEnv);
