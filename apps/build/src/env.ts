import { baseEnv, Flag, readEnv } from '@osiris/service-kit';
import { z } from 'zod';

const MIB = 1024 * 1024;
const count = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback);

export const buildEnv = baseEnv.extend({
  /** Where the container engine is; unset: the local socket. */
  DOCKER_HOST: z.string().regex(/^(unix|tcp|http):\/\//, 'must begin with unix:// or tcp://').optional(),
  /** Builds at once in this process. */
  BUILD_CONCURRENCY: count(1, 64),
  BUILD_TIMEOUT_SECONDS: count(900, 86_400),
  /** In bytes, for each step with the classic builder. BuildKit takes none: there the launcher limits its own engine. */
  BUILD_MEMORY_BYTES: z.coerce.number().int().min(64 * MIB).default(2048 * MIB),
  /** `none` cuts a build's commands off from every network. There is no way to the host's. */
  BUILD_NETWORK: z.enum(['default', 'none']).default('default'),
  /** The files sent to the engine, after .dockerignore. */
  BUILD_CONTEXT_MAX_BYTES: count(1024 * MIB, Number.MAX_SAFE_INTEGER),
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

/** Ends the process where the environment is wrong. */
export const readBuildEnv = (): BuildEnv => readEnv(buildEnv);
