import type { HeldSeat } from './seat-plan';

/** A container that has answered, and waits paused for the launch that takes it. Each serves once. */
export interface Seat extends HeldSeat {
  containerId: string;
  appId: string;
  buildId: string;
  /** Where it has answered. */
  address: { host: string; port: number };
}
