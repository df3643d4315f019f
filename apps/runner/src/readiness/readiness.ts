import { setTimeout as sleep } from 'node:timers/promises';
import type { ListeningSocket } from '@osiris/engine';
import { type ProbeOutcome, probeHttp } from './http-probe';
import { healthGraceMs, hopelessLoopbackPort, portsToTry, probeDelayMs, saysWell, type SeenPort, usablePath } from './probe-schedule';
import { neverReady, onLoopbackOnly } from './readiness-errors';

export interface ReadinessOptions {
  /** The container's address. */
  host: string;
  /** Ports that somebody has named, the likeliest first. */
  declared: readonly number[];
  /** A port to knock on that is only a guess; it does not keep other ports waiting. */
  guess?: number;
  /** Where the app says that it is well: it counts as up once that answers with success. Null: any answer of "/" will do. */
  healthPath?: string | null;
  /** What listens in the container; null where that cannot be seen. */
  listening: () => Promise<readonly ListeningSocket[] | null>;
  limitMs: number;
  /** Ends the wait: the container has died, or nobody wants the launch any more. */
  signal: AbortSignal;
}

const LOOK_MS = 200;
/** A port of less rank that answers first (443 beside 80) waits this long for a better one. */
const PREFERENCE_MS = 150;

/**
 * Waits until the app answers HTTP.
 * @returns the port that answered.
 * @throws DomainError APP_NOT_LISTENING, START_TIMEOUT (`readiness-errors.ts`); the signal's reason where it was aborted.
 */
export async function waitUntilReady(options: ReadinessOptions): Promise<number> {
  const done = new AbortController();
  const watch = new ReadinessWatch(options, AbortSignal.any([options.signal, done.signal]));
  try {
    return await watch.run();
  } finally {
    done.abort();
  }
}

class ReadinessWatch {
  private readonly begun = performance.now();
  private readonly outcomes = new Map<number, ProbeOutcome>();
  private readonly firstSeen = new Map<number, number>();
  private readonly answered: number[] = [];
  private seen: SeenPort[] | undefined;
  private resolve: (port: number) => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;

  constructor(
    private readonly options: ReadinessOptions,
    private readonly signal: AbortSignal,
  ) {}

  run(): Promise<number> {
    return new Promise<number>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      this.signal.addEventListener('abort', () => reject(this.signal.reason as Error), { once: true });
      if (this.signal.aborted) return reject(this.signal.reason as Error);
      const { declared, guess } = this.options;
      for (const port of declared) void this.knock(port);
      if (guess !== undefined && !declared.includes(guess)) void this.knock(guess);
      void this.look();
      void this.giveUpLate();
    });
  }

  private async knock(port: number): Promise<void> {
    if (this.outcomes.has(port)) return;
    this.outcomes.set(port, 'closed');
    // As long as the app's own word about itself is believed.
    let healthPath = usablePath(this.options.healthPath);
    let unwellSince: number | undefined;
    while (!this.signal.aborted) {
      const { outcome, status } = await probeHttp(this.options.host, port, healthPath ?? '/', this.signal);
      this.outcomes.set(port, outcome);
      if (outcome === 'answered' && (healthPath === null || saysWell(status))) return this.settle(port);
      if (outcome !== 'closed') {
        unwellSince ??= performance.now();
        if (performance.now() - unwellSince >= healthGraceMs(status)) healthPath = null;
      }
      await pause(probeDelayMs(performance.now() - this.begun), this.signal);
    }
  }

  private async settle(port: number): Promise<void> {
    this.answered.push(port);
    if (this.options.declared.indexOf(port) > 0) await pause(PREFERENCE_MS, this.signal);
    this.resolve(this.options.declared.find((candidate) => this.answered.includes(candidate)) ?? port);
  }

  /** Looks from outside at what listens, for ports that nobody has named and apps that nobody can reach. */
  private async look(): Promise<void> {
    for (;;) {
      await pause(LOOK_MS, this.signal);
      if (this.signal.aborted) return;
      const sockets = await this.options.listening().catch(() => null);
      if (sockets === null) continue;
      const now = performance.now();
      const seen = sockets.map(({ port, reach }) => {
        if (!this.firstSeen.has(port)) this.firstSeen.set(port, now);
        return { port, reach, forMs: now - (this.firstSeen.get(port) ?? now) };
      });
      this.seen = seen;
      for (const port of portsToTry(seen, this.options.declared)) void this.knock(port);
      if (hopelessLoopbackPort(seen, this.options.declared) !== undefined) return this.reject(onLoopbackOnly(seen));
    }
  }

  private async giveUpLate(): Promise<void> {
    await pause(this.options.limitMs, this.signal);
    if (this.signal.aborted) return;
    const { declared, limitMs } = this.options;
    this.reject(neverReady({ declared, limitMs, outcomes: this.outcomes, seen: this.seen ?? null }));
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
