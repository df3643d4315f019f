import { LaunchId } from '@osiris/contracts';
import type { GatewayEnv } from '../env';
import { hostName } from '../security/hosts';

type AddressEnv = Pick<GatewayEnv, 'PREVIEW_DOMAIN' | 'PORT' | 'PUBLIC_URL'>;

/** Scheme, host and port of a launch's preview; `*` for all of them. */
export function previewOrigin(env: AddressEnv, launchId: string): string {
  const hub = env.PUBLIC_URL ? new URL(env.PUBLIC_URL) : { protocol: 'http:', port: String(env.PORT) };
  return `${hub.protocol}//${launchId}.${env.PREVIEW_DOMAIN}${hub.port === '' ? '' : `:${hub.port}`}`;
}

/** Where a lost visitor finds the hub. */
export function hubUrl(env: Pick<GatewayEnv, 'PORT' | 'PUBLIC_URL'>): string {
  return env.PUBLIC_URL ?? `http://localhost:${env.PORT}/`;
}

/**
 * The launch a Host header belongs to. Undefined: not a preview host, the hub answers; null: below the preview domain,
 * but no launch's name.
 */
export function launchOfHost(host: string | undefined, previewDomain: string): string | null | undefined {
  const name = hostName(host);
  const suffix = `.${previewDomain.toLowerCase()}`;
  if (name === null || !name.endsWith(suffix)) return undefined;
  const label = name.slice(0, -suffix.length);
  return LaunchId.safeParse(label).success ? label : null;
}
