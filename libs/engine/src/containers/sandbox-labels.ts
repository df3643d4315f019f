/**
 * Labels on what a hub makes on an engine: they are the runner's whole memory of what runs where. Environment values
 * never go into a label.
 */
export const SANDBOX_LABELS = {
  hub: 'io.osiris.hub',
  app: 'io.osiris.app',
  /** Each container has one of these, by what it is for (`SandboxRole`). */
  launch: 'io.osiris.launch',
  verification: 'io.osiris.verification',
  /** A container that was started before anybody asked. Handed to a launch it keeps this label, and is told by its name. */
  seat: 'io.osiris.seat',
  /** What a seat is good for (`seatKey`). */
  seatFor: 'io.osiris.seat-for',
  build: 'io.osiris.build',
  /** The launch job's fencing token. */
  attempt: 'io.osiris.attempt',
  /** When the launch was due to end as the container was made; the catalog may have extended it since. */
  expires: 'io.osiris.expires',
} as const;

/** What a sandbox is for: somebody's launch, the first look at an image after its build, or the next launch of it. */
export type SandboxRole = 'launch' | 'verification' | 'seat';

/** Engine filter that finds all of a hub's containers: labels are what they were made for, names what they are now (`roleOf`). */
export const sandboxFilter = (hubId: string): { label: string[] } => ({ label: [`${SANDBOX_LABELS.hub}=${hubId}`] });

/** Name of the container of a launch, or of a verification run: one for each, so that the engine itself refuses a second one. */
export const sandboxName = (id: string): string => `osiris-${id}`;

/** Name of a launch's container that makes way for the next one of the same launch. */
export const replacedName = (launchId: string): string => `${sandboxName(launchId)}.replaced`;
