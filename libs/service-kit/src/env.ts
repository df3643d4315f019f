import { z } from 'zod';
import { isNatsUrl } from './nats/nats-url';

/** "true"/"1"/"on" and "false"/"0"/"off", as people write them in an environment. */
export const Flag = z
  .enum(['true', 'false', '1', '0', 'on', 'off'])
  .transform((value) => value === 'true' || value === '1' || value === 'on');

/** What every service reads. `PORT` is the gateway's: the others' ports follow it (`portOf`). */
export const baseEnv = z.object({
  NATS_URL: z.string().refine(isNatsUrl, 'nats://[user:password@]host:port, several comma-separated').default('nats://127.0.0.1:4222'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(1).max(65_400).default(4000),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  LOG_PRETTY: Flag.optional(),
  /** Tells this hub's containers, images and networks from another hub's on the same engine. */
  HUB_ID: z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/).default('osiris'),
  OSIRIS_HOME: z.string().min(1).default('.osiris'),
});
export type BaseEnv = z.infer<typeof baseEnv>;

/** Exit code of sysexits(3) for a wrong configuration: the launcher does not restart on it. */
export const EX_CONFIG = 78;

/**
 * Parses the process's environment. Empty strings count as unset, so that `S3_ENDPOINT=` in a compose file means
 * none. On a wrong value prints each name with what is wrong, never the value (it may be a secret), and exits with 78.
 */
export function readEnv<S extends z.ZodType>(schema: S, source: NodeJS.ProcessEnv = process.env): z.infer<S> {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    process.stderr.write(`Wrong configuration: ${issue.path.join('.') || '(environment)'}: ${issue.message}\n`);
  }
  process.exit(EX_CONFIG);
}
