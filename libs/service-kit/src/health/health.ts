import { Injectable } from '@nestjs/common';
import type { DependencyState, Readiness } from '@osiris/contracts';

const CHECK_TIMEOUT_MS = 3_000;

export type DependencyCheck = () => Promise<DependencyState>;

/** What the service depends on, each with a check that `/readyz` runs. */
@Injectable()
export class Health {
  private readonly checks = new Map<string, DependencyCheck>();
  private stopping = false;

  register(name: string, check: DependencyCheck): void {
    this.checks.set(name, check);
  }

  /** From now on `/readyz` answers 503, so that nobody sends more work. */
  stop(): void {
    this.stopping = true;
  }

  /** `unready` where a dependency is down, `waiting` where one holds some work back, else `ready`. */
  async readiness(service: string): Promise<Readiness> {
    const states = await Promise.all([...this.checks].map(async ([name, check]) => [name, await timed(check)] as const));
    if (this.stopping) states.push(['process', { status: 'down', message: 'shutting down' }]);
    const has = (status: DependencyState['status']) => states.some(([, state]) => state.status === status);
    return {
      status: has('down') ? 'unready' : has('waiting') ? 'waiting' : 'ready',
      service,
      dependencies: Object.fromEntries(states),
    };
  }
}

async function timed(check: DependencyCheck): Promise<DependencyState> {
  const begun = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<DependencyState>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'down', message: `no answer in ${CHECK_TIMEOUT_MS} ms` }), CHECK_TIMEOUT_MS);
  });
  const state = await Promise.race([
    check().catch((error: unknown): DependencyState => ({ status: 'down', message: error instanceof Error ? error.message : String(error) })),
    late,
  ]);
  clearTimeout(timer);
  return { latencyMs: Math.round((performance.now() - begun) * 10) / 10, ...state };
}
