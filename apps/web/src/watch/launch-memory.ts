import type { LaunchChoice } from './launch-choice';

/** The hub never tells the environment of a launch again, so this page remembers what it gave, until it is closed. */
const given = new Map<string, LaunchChoice>();

/** Notes what a launch was made with. */
export function rememberLaunch(launchId: string, choice: LaunchChoice): void {
  given.set(launchId, choice);
}

/** What this page made a launch with; undefined for one made elsewhere. */
export function recallLaunch(launchId: string): LaunchChoice | undefined {
  return given.get(launchId);
}
