import type { LaunchProfile } from '@osiris/contracts';

/** Who asks for more room has more to start: an app server with its database in one image, a runtime that compiles. */
const TIMES: Readonly<Record<LaunchProfile, number>> = { small: 1, medium: 1.5, large: 2 };

/** How long an app may take to its first answer, in milliseconds. @param seconds `LAUNCH_START_TIMEOUT_SECONDS`, of a small one */
export const startLimitMs = (profile: LaunchProfile, seconds: number): number => seconds * 1_000 * TIMES[profile];
