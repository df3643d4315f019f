/**
 * Labels on what a hub makes on an engine: they are the runner's whole memory of what runs where. Environment values
 * never go into a label.
 */
export const SANDBOX_LABELS = {
  hub: 'io.osiris.hub',
  app: 'io.osiris.app',
  launch: 'io.osiris.launch',
  build: 'io.osiris.build',
  /** The launch job's fencing token. */
  attempt: 'io.osiris.attempt',
  /** When the launch was due to end as the container was made; the catalog may have extended it since. */
  expires: 'io.osiris.expires',
} as const;

/** Engine filter that finds a hub's containers (and networks), or one launch's. */
export function sandboxFilter(hubId: string, launchId?: string): { label: string[] } {
  const label = [`${SANDBOX_LABELS.hub}=${hubId}`];
  label.push(launchId === undefined ? SANDBOX_LABELS.launch : `${SANDBOX_LABELS.launch}=${launchId}`);
  return { label };
}

/** Name of a launch's container: one per launch, so that the engine itself refuses a second one. */
export const sandboxName = (launchId: string): string => `osiris-${launchId}`;
