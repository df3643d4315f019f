import { type DomainError, type FactDefinition, ingestionCompleted, ingestionFailed, ingestionProgressed, ingestionStarted, ingestionUnchanged, type IngestJob } from '@osiris/contracts';
import type { FetchedCommit } from '@osiris/git';
import type { Facts } from '@osiris/service-kit';
import type { z } from 'zod';

/** What an ingestion found. */
export type Completed = Omit<z.input<typeof ingestionCompleted.schema>, 'at' | 'ingestionId' | 'appId' | 'attempt' | 'delivery' | 'durationMs'>;

/**
 * Tells the catalog how one delivery of an ingestion goes, and keeps the same as lines for the log. Steps on the way are
 * told in their order while the work goes on; the end waits until all of it is stored.
 */
export class IngestionReport {
  readonly lines: string[] = [];
  private readonly begun = performance.now();
  private commitSha: string | null = null;
  private told: Promise<void> = Promise.resolve();

  constructor(
    private readonly facts: Pick<Facts, 'publish'>,
    private readonly job: IngestJob,
    private readonly delivery: number,
  ) {}

  started(): void {
    const message = `Ingestion of ${this.job.slug} started (attempt ${this.job.attempt}, delivery ${this.delivery})`;
    this.log('started', message);
    this.tell(ingestionStarted, { ...this.identity(), message });
  }

  /** `durationMs`: how long the step took; 0 where it begins. */
  progressed(phase: 'fetching' | 'reading', message: string, step: { durationMs: number; commitSha?: string }): void {
    this.commitSha = step.commitSha ?? this.commitSha;
    const durationMs = Math.round(step.durationMs);
    this.log(phase, message);
    this.tell(ingestionProgressed, { ...this.identity(), phase, message, commitSha: this.commitSha, durationMs });
  }

  /** @throws what publishing a fact throws, here and below */
  async completed(result: Completed): Promise<void> {
    for (const { message } of result.warnings) this.log('warning', message);
    for (const { key, value, from } of result.tags) this.log('tag', `${key}:${value} (${from})`);
    this.log('completed', `Ingested ${result.commitSha.slice(0, 12)} with ${result.tags.length} tags`);
    await this.tell(ingestionCompleted, { ...this.identity(), ...result, durationMs: this.elapsedMs() });
  }

  async unchanged({ commitSha, ref }: FetchedCommit): Promise<void> {
    this.log('unchanged', `${ref ?? 'The commit'} is still ${commitSha.slice(0, 12)}, which was read before`);
    await this.tell(ingestionUnchanged, { ...this.identity(), commitSha, ref, durationMs: this.elapsedMs() });
  }

  async failed(error: DomainError, willRetry: boolean): Promise<void> {
    this.log('failed', `${error.code}: ${error.message}${willRetry ? ' It is tried again.' : ''}`);
    const { code, message } = error;
    await this.tell(ingestionFailed, { ...this.identity(), error: { code, message }, commitSha: this.commitSha, willRetry, durationMs: this.elapsedMs() });
  }

  /** Each fact is sent once the one before it is stored: the catalog applies them in the order in which they come. */
  private tell<S extends z.ZodType>(definition: FactDefinition<S>, fact: z.input<S>): Promise<void> {
    this.told = this.told.then(() => this.facts.publish(definition, fact));
    // Whoever waits for the end hears of it.
    this.told.catch(() => undefined);
    return this.told;
  }

  private elapsedMs(): number {
    return Math.round(performance.now() - this.begun);
  }

  private identity() {
    const { ingestionId, appId, attempt } = this.job;
    return { at: new Date().toISOString(), ingestionId, appId, attempt, delivery: this.delivery };
  }

  private log(step: string, message: string): void {
    // A value read from the repository must not start a line of its own.
    const line = message.replace(/\p{Cc}+/gu, ' ');
    this.lines.push(`${new Date().toISOString()} +${String(this.elapsedMs()).padStart(6)} ms  ${step.padEnd(9)}  ${line}`);
  }
}
