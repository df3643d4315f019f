import { Injectable } from '@nestjs/common';
import type { JobDefinition } from '@osiris/contracts';
import { Health } from '../health/health';

/** Holds back a kind of job while what it needs is missing; the jobs wait in the queue, none fails. */
@Injectable()
export class JobGate {
  private readonly held = new Map<string, { reason: string; opened: Promise<void>; open: () => void }>();

  constructor(health: Health) {
    health.register('jobs', () => {
      const reasons = [...new Set([...this.held.values()].map(({ reason }) => reason))];
      return Promise.resolve(reasons.length === 0 ? { status: 'up' } : { status: 'waiting', message: reasons.join('; ') });
    });
  }

  hold(definition: JobDefinition, reason: string): void {
    const current = this.held.get(definition.subject);
    if (current) {
      current.reason = reason;
      return;
    }
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    this.held.set(definition.subject, { reason, opened, open });
  }

  release(definition: JobDefinition): void {
    this.held.get(definition.subject)?.open();
    this.held.delete(definition.subject);
  }

  isHeld(definition: JobDefinition): boolean {
    return this.held.has(definition.subject);
  }

  /** Resolves at once where the kind is not held. */
  whenOpen(definition: JobDefinition): Promise<void> {
    return this.held.get(definition.subject)?.opened ?? Promise.resolve();
  }
}
