import { baseEnv, Flag, readEnv } from '@osiris/service-kit';
import { z } from 'zod';

const milliseconds = (fallback: number) => z.coerce.number().int().min(100).max(3_600_000).default(fallback);

export const DEFAULT_REFRESH_SECONDS = 900;
const WEEK_SECONDS = 7 * 24 * 3_600;

export const envSchema = baseEnv.extend({
  /** `postgres://…`, or `sqlite:<file>`; without it `catalog.db` under OSIRIS_HOME. */
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/|sqlite:)/, 'postgres://… or sqlite:<file>')
    .optional(),
  /** Folders, comma-separated, whose repositories may be registered as `file://`. */
  GIT_ALLOWED_ROOTS: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((folder) => folder.trim()).filter((folder) => folder !== ''))
    .pipe(z.array(z.string().startsWith('/', 'absolute paths, comma-separated'))),
  GIT_ALLOW_PRIVATE_HOSTS: Flag.default(false),
  SERVICE_HEALTH_INTERVAL_MS: milliseconds(30_000),
  SERVICE_HEALTH_TIMEOUT_MS: milliseconds(5_000),
  /** How often work that got lost is looked for. */
  SWEEP_INTERVAL_MS: milliseconds(5_000),
  /** A launch that nobody has used for so long ends; 0: none does. Gateways tell of use every ten seconds. */
  LAUNCH_IDLE_SECONDS: z.coerce
    .number()
    .int()
    .max(86_400)
    .refine((seconds) => seconds === 0 || seconds >= 15, '0, or at least 15')
    .default(900),
  /** Whether repositories are looked at for newer commits by themselves. */
  REFRESH: Flag.default(true),
  /** Between two looks at a repository that changes; 0 turns them off, as REFRESH does. */
  REFRESH_INTERVAL_SECONDS: z.coerce.number().int().min(0).max(WEEK_SECONDS).default(DEFAULT_REFRESH_SECONDS),
  /** Images of an app that housekeeping keeps, besides those in use. */
  RETAIN_IMAGES: z.coerce.number().int().min(1).max(1_000).default(3),
  /** How long logs and old bills of materials are kept, besides those of the newest build and reading of each app. */
  RETAIN_ARTIFACT_DAYS: z.coerce.number().int().min(1).max(36_500).default(90),
  /** Whether each image is started once after its build, to see whether it comes up; `off`: the catalogue offers whatever was built. */
  VERIFY_BUILDS: Flag.default(true),
  /** The longest that one waits that never changes. */
  REFRESH_MAX_INTERVAL_SECONDS: z.coerce.number().int().min(1).max(4 * WEEK_SECONDS).default(86_400),
});
export type Env = z.infer<typeof envSchema>;

export const loadEnv = (): Env => readEnv(envSchema);
