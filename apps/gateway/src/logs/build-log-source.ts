import { type Build, buildLogSubject } from '@osiris/contracts';
import type { LogSource } from './log-source';

const FINAL = new Set<Build['status']>(['succeeded', 'failed', 'canceled']);

/** A build's log: its own, or that of the build whose end it shares. */
export class BuildLogSource implements LogSource {
  constructor(
    readonly ownerId: string,
    private readonly get: (id: string) => Promise<Build>,
  ) {}

  async current(): Promise<{ subject: string; ended(): Promise<boolean> }> {
    const { reused, watches } = await this.get(this.ownerId);
    const maker = reused ?? watches ?? this.ownerId;
    return { subject: buildLogSubject(maker), ended: async () => FINAL.has((await this.get(maker)).status) };
  }

  shares(subject: string): boolean {
    return subject !== buildLogSubject(this.ownerId);
  }

  async ended(): Promise<boolean> {
    return FINAL.has((await this.get(this.ownerId)).status);
  }
}
