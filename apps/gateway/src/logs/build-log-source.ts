import { type Build, buildLogSubject } from '@osiris/contracts';
import type { LogEnds } from './log-ends.service';
import type { LogSource } from './log-source';

/** A build's log: its own, or that of the build whose end it shares. */
export class BuildLogSource implements LogSource {
  constructor(
    readonly ownerId: string,
    private readonly get: (id: string) => Promise<Build>,
    private readonly ends: LogEnds,
  ) {}

  async current(): Promise<{ subject: string; ended(): Promise<boolean> }> {
    const { reused, watches } = await this.get(this.ownerId);
    const maker = reused ?? watches ?? this.ownerId;
    return { subject: buildLogSubject(maker), ended: () => this.ends.ofBuild(maker) };
  }

  shares(subject: string): boolean {
    return subject !== buildLogSubject(this.ownerId);
  }

  ended(): Promise<boolean> {
    return this.ends.ofBuild(this.ownerId);
  }
}
