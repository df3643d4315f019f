import type { LaunchProfile } from '@osiris/contracts';

/** What one may choose before a launch. */
export interface LaunchChoice {
  profile: LaunchProfile;
  minutes: number;
  /** Environment, as typed: a `NAME=value` a line. */
  env: string;
}

export const usualLaunch: LaunchChoice = { profile: 'small', minutes: 30, env: '' };

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

/** Reads `NAME=value` lines. Blank lines and `#` comments count for nothing; `wrong` names the lines that do not fit. */
export function parseEnv(text: string): { env: Record<string, string>; wrong: number[] } {
  const env: Record<string, string> = {};
  const wrong: number[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '' || line.trimStart().startsWith('#')) return;
    const [, name, value] = /^\s*([^=\s]+)\s*=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined || !NAME.test(name)) wrong.push(index + 1);
    else env[name] = value;
  });
  return { env, wrong };
}

export function launchBody(appId: string, choice: LaunchChoice = usualLaunch) {
  const { env } = parseEnv(choice.env);
  return {
    appId,
    profile: choice.profile,
    ttlSeconds: choice.minutes * 60,
    // Somebody sits before this page: a place in the queue says more than that there is no room.
    wait: true,
    ...(Object.keys(env).length > 0 && { env }),
  };
}
