import { type DomainError, ingestionCompleted, ingestionFailed, ingestionProgressed, ingestionStarted, type IngestJob } from '@osiris/contracts';
import type { Facts } from '@osiris/service-kit';
import type { z } from 'zod';

type Completed = Pick<z.infer<typeof ingestionCompleted.schema>, 'commitSha' | 'ref' | 'dockerfile' | 'metadata' | 'tags' | 'media' | 'warnings'>;

/** Tells the catalog how one delivery of an ingestion goes, and keeps the same as lines for the log. */
export class IngestionReport {
  readonly lines: string[] = [];
  private readonly begun = performance.now();
  private commitSha: string | null = null;

  constructor(
    private readonly facts: Facts,
    private readonly job: IngestJob,
    private readonly delivery: number,
  ) {}

  async started(): Promise<void> {
    const message = `Ingestion of ${this.job.slug} started (attempt ${this.job.attempt}, delivery ${this.delivery})`;
    this.log('started', message);
    await this.facts.publish(ingestionStarted, { ...this.identity(), message });
  }

  /** `durationMs`: how long the step took; 0 where it begins. */
  async progressed(phase: 'fetching' | 'reading', message: string, step: { durationMs: number; commitSha?: string }): Promise<void> {
    this.commitSha = step.commitSha ?? this.commitSha;
    const durationMs = Math.round(step.durationMs);
    this.log(phase, message);
    await this.facts.publish(ingestionProgressed, { ...this.identity(), phase, message, commitSha: this.commitSha, durationMs });
  }

  async completed(result: Completed): Promise<void> {
    for (const { message } of result.warnings) this.log('warning', message);
    for (const { key, value, from } of result.tags) this.log('tag', `${key}:${value} (${from})`);
    this.log('completed', `Ingested ${result.commitSha.slice(0, 12)} with ${result.tags.length} tags`);
    await this.facts.publish(ingestionCompleted, { ...this.identity(), ...result, durationMs: this.elapsedMs() });
  }

  async failed(error: DomainError, willRetry: boolean): Promise<void> {
    this.log('failed', `${error.code}: ${error.message}${willRetry ? ' It is tried again.' : ''}`);
    const { code, message } = error;
    await this.facts.publish(ingestionFailed, { ...this.identity(), error: { code, message }, commitSha: this.commitSha, willRetry, durationMs: this.elapsedMs() });
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
