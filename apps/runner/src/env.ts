import { RegistryUrl } from '@osiris/engine';
import { baseEnv, readEnv } from '@osiris/service-kit';
import { z } from 'zod';

export const runnerEnv = baseEnv.extend({
  /** Where the container engine is; unset: the local socket. */
  DOCKER_HOST: z.string().regex(/^(unix|tcp|http):\/\//, 'must begin with unix:// or tcp://').optional(),
  /** Small launches at once, of which larger ones take several places; unset: as many as three quarters of the engine's memory hold of the small profile. */
  RUNNER_CAPACITY: z.coerce.number().int().min(1).max(1_000).optional(),
  /** How long an app may take to its first answer. */
  LAUNCH_START_TIMEOUT_SECONDS: z.coerce.number().min(1).max(3_600).default(60),
  /** Of Chromium, or Chrome, which takes the apps' screenshots; unset: the one on the PATH, and where there is none, no screenshots. */
  CHROMIUM_PATH: z.string().startsWith('/', 'an absolute path').optional(),
  /** Containers at most that are kept started and paused for launches of one app to come; 0: none. */
  WARM_POOL_SIZE: z.coerce.number().int().min(0).max(20).default(2),
  /** What a launch whose root can be written to may write, in bytes. */
  LAUNCH_DISK_BYTES: z.coerce.number().int().min(1_048_576).default(1_073_741_824),
  /** Folders with programs, where the browser is looked for and looks for its own. */
  PATH: z.string().default('/usr/bin:/bin'),
  /** `http(s)://[user:password@]host[:port][/prefix]`: images that the engine lacks are pulled from there. */
  REGISTRY_URL: RegistryUrl.optional(),
});
export type RunnerEnv = z.infer<typeof runnerEnv>;

/** Ends the process where the environment is wrong. */
export const readRunnerEnv = (): RunnerEnv => readEnv(runnerEnv);
