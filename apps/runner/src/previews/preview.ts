import type { SandboxIdentity } from '@osiris/engine';
import type { LaunchOutput } from '../output/launch-output';
import type { SecretMask } from '../output/secret-mask';

/** One launch's container as this runner sees it. */
export class Preview {
  readonly launchId: string;
  readonly appId: string;
  readonly attempt: number;
  readonly containerId: string;
  /** ISO 8601; moves when the launch is extended. */
  expiresAt: string;
  /** Where the app answers, once it does. */
  address: { host: string; port: number } | undefined;
  /** Set while it is being ended, and after. */
  ending: Promise<void> | undefined;
  /** Its end was not the launch's: another container goes on. */
  madeWay = false;
  /** How much room it takes, in small launches (`LAUNCH_PLACES`). */
  places = 1;
  /** How often in a row the catalog has said not to keep it. */
  unwanted = 0;
  /** Aborted when its container has died. */
  readonly died = new AbortController();

  constructor(
    identity: SandboxIdentity,
    readonly output: LaunchOutput,
    readonly mask: SecretMask,
  ) {
    this.launchId = identity.launchId;
    this.appId = identity.appId;
    this.attempt = identity.attempt;
    this.containerId = identity.containerId;
    this.expiresAt = identity.expiresAt;
  }

  /** What the gateways need; undefined until the app answers. */
  get route(): { launchId: string; appId: string; host: string; port: number; expiresAt: string } | undefined {
    if (!this.address) return undefined;
    return { launchId: this.launchId, appId: this.appId, expiresAt: this.expiresAt, ...this.address };
  }
}
