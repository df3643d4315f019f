import type { ComposeService } from './compose-file';

/** What people call the service that is the app, of those that are built. */
const MAIN = /^(web|app|web-?app|site|website|frontend|front|ui|client|server|api|backend|main)$/i;

/** The service that builds this Dockerfile; undefined where none does. */
export function serviceOfTheApp(services: readonly ComposeService[], dockerfilePath: string): ComposeService | undefined {
  const building = services.filter(({ build }) => build?.dockerfile.toLowerCase() === dockerfilePath.toLowerCase());
  return building.find(({ published }) => published) ?? building[0];
}

/**
 * The service that people open: of those that are built and publish a port the one with a telling name, or else the first on
 * which no other depends.
 */
export function mainService(services: readonly ComposeService[]): ComposeService | undefined {
  const built = services.filter(({ build }) => build !== null);
  const published = built.filter((service) => service.published);
  const candidates = published.length > 0 ? published : built;
  const needed = new Set(candidates.flatMap(({ dependsOn }) => dependsOn));
  const outermost = candidates.filter(({ name }) => !needed.has(name));
  const named = (from: readonly ComposeService[]): ComposeService | undefined => from.find(({ name }) => MAIN.test(name));
  return named(outermost) ?? outermost[0] ?? named(candidates) ?? candidates[0];
}
