import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '@osiris/service-kit';
import { DEFAULT_REFRESH_SECONDS, type Env } from '../env';

/** When repositories are looked at again. */
export interface RefreshSettings {
  /** Milliseconds between two looks at a repository that changes. */
  intervalMs: number;
  /** The longest that a quiet one waits. */
  maxIntervalMs: number;
}

/** Share by which each wait is longer or shorter, so that what was registered together is not looked at together for ever. */
const JITTER = 0.2;

/**
 * Milliseconds until the next look: doubled for each that brought nothing new.
 * @param quietChecks looks in a row without anything new
 * @param random from 0 up to 1
 */
export function refreshDelayMs({ intervalMs, maxIntervalMs }: RefreshSettings, quietChecks: number, random: number): number {
  // 2^31 times the shortest interval is far beyond any longest one.
  const doubled = intervalMs * 2 ** Math.min(Math.max(quietChecks, 0), 31);
  const steady = Math.min(doubled, Math.max(maxIntervalMs, intervalMs));
  return Math.round(steady * (1 - JITTER + 2 * JITTER * random));
}

/** Says of each app when its repository is looked at next. */
@Injectable()
export class RefreshSchedule {
  /** False: nothing is looked at by itself. The times are kept all the same, for when it is turned on. */
  readonly isOn: boolean;
  readonly settings: RefreshSettings;

  constructor(@Inject(ENV) env: Env) {
    this.isOn = env.REFRESH && env.REFRESH_INTERVAL_SECONDS > 0;
    this.settings = {
      intervalMs: (env.REFRESH_INTERVAL_SECONDS || DEFAULT_REFRESH_SECONDS) * 1_000,
      maxIntervalMs: env.REFRESH_MAX_INTERVAL_SECONDS * 1_000,
    };
  }

  /** Milliseconds since 1970. */
  next(now: number, quietChecks: number): number {
    return now + refreshDelayMs(this.settings, quietChecks, Math.random());
  }
}
