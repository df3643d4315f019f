import type { Launch } from '@osiris/contracts';
import { type LaunchChoice, parseEnv } from './launch-choice';

const LEAST_SECONDS = 60;
const LONGEST_SECONDS = 86_400;

/**
 * The same launch once more: its size, what is left of its time (extensions included), and its environment where this page
 * gave it.
 * @param now milliseconds since 1970
 */
export function restartBody(launch: Launch, given: LaunchChoice | undefined, now: number) {
  const left = Math.ceil((Date.parse(launch.expiresAt) - now) / 1000);
  const env = given ? parseEnv(given.env).env : {};
  return {
    appId: launch.appId,
    profile: launch.profile,
    ttlSeconds: Math.min(Math.max(left, LEAST_SECONDS), LONGEST_SECONDS),
    ...(Object.keys(env).length > 0 && { env }),
  };
}

/** What a restart keeps, in a sentence for who is about to press the button. */
export function whatRestartKeeps(given: LaunchChoice | undefined): string {
  if (!given) return 'It keeps its size and its time left. Environment values it was launched with elsewhere are not kept: the hub tells them to nobody.';
  return Object.keys(parseEnv(given.env).env).length > 0 ? 'It keeps its size, its time left and its environment.' : 'It keeps its size and its time left.';
}
