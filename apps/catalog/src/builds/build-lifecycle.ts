import { Injectable } from '@nestjs/common';
import { type BaseImage, type BuildFailure, DomainError, type ErrorData, type Image, type ImageConfig } from '@osiris/contracts';
import type { Transaction } from '../database/database';
import { ImageEntity } from '../images/image.entity';
import { discardImages } from '../images/discard-images';
import { Outbox } from '../outbox/outbox';
import { VerificationLifecycle } from '../verifications/verification-lifecycle';
import { BuildEntity } from './build.entity';
import { type BuildEffect, type BuildEvent, buildMachine } from './build.machine';
import { BuildQueue } from './build-queue';
import { viewBuilds } from './build-view';
import { settleWatchers, sharedFailure, sharedMessage } from './build-watchers';

export interface BuildChange {
  error?: ErrorData | null;
  failure?: BuildFailure | undefined;
  log?: { artifactId: string | null; linesArtifactId: string | null; lines: number; bytes: number };
  image?: Image;
  config?: ImageConfig | undefined;
  bases?: BaseImage[] | undefined;
  reusedBuildId?: string | null;
  ports?: number[];
  durationMs?: number;
}

/** Takes builds through their lifecycle: `build.machine.ts` says what may happen, here is how. */
@Injectable()
export class BuildLifecycle {
  constructor(
    private readonly outbox: Outbox,
    private readonly queue: BuildQueue,
    private readonly verifications: VerificationLifecycle,
  ) {}

  /** One step. @throws DomainError CONFLICT where the table refuses it. */
  async advance(tx: Transaction, row: BuildEntity, event: BuildEvent, change: BuildChange = {}): Promise<void> {
    const step = buildMachine[row.status][event];
    if (step === 'ignored') return;
    if (step === 'refused') throw new DomainError('CONFLICT', `The build has ${row.status} already.`);
    const wasFinal = row.completedAt !== null;
    row.status = step.to;
    if (event === 'started') row.startedAt = tx.now;
    const ends = step.to !== 'pending' && step.to !== 'running' && !wasFinal;
    if (ends) end(row, tx.now, change);
    if (change.ports) row.ports = change.ports;
    for (const effect of step.emits) await this.prepare(tx, effect, row, change);
    await tx.manager.update(BuildEntity, { id: row.id }, row);
    if (step.emits.includes('report')) await this.report(tx, row);
    if (ends) await this.settle(tx, row);
    this.queue.fill(tx);
  }

  async report(tx: Transaction, row: BuildEntity): Promise<void> {
    const [build] = await viewBuilds(tx.manager, [row]);
    await this.outbox.event(tx, 'build.updated', row.repositoryId, { build });
  }

  /** What an effect changes in the row or beside it, before both are told of. */
  private async prepare(tx: Transaction, effect: BuildEffect, row: BuildEntity, change: BuildChange): Promise<void> {
    const { id: buildId, repositoryId } = row;
    switch (effect) {
      case 'image':
        if (!change.image) return;
        Object.assign(row, { bases: change.bases ?? null, reusedBuildId: change.reusedBuildId ?? null });
        await tx.manager.insert(ImageEntity, { buildId, repositoryId, ...change.image, config: change.config ?? null, removedAt: null, createdAt: tx.now });
        await this.verifications.begin(tx, row, change.image.reference);
        return;
      case 'discardImage':
        if (change.image) await discardImages(tx, this.outbox, repositoryId, [change.image]);
        return;
      case 'log':
        if (!change.log) return;
        Object.assign(row, { logArtifactId: change.log.artifactId, logLinesArtifactId: change.log.linesArtifactId, logLines: change.log.lines, logBytes: change.log.bytes });
        return;
      case 'enqueue':
        row.attempt += 1;
        Object.assign(row, { leaseWorker: null, leaseUntil: null, jobMessageId: null });
        return;
      case 'report':
        return; // once the row is saved
    }
  }

  private async settle(tx: Transaction, row: BuildEntity): Promise<void> {
    const { queued, watching, failed } = await settleWatchers(tx.manager, row);
    for (const other of [...queued, ...watching]) {
      await tx.manager.update(BuildEntity, { id: other.id }, { watches: other.watches });
      await this.report(tx, other);
    }
    const code = row.errorCode ?? 'BUILD_FAILED';
    const message = row.errorMessage ?? '';
    const log = { artifactId: null, linesArtifactId: null, lines: row.logLines, bytes: row.logBytes };
    for (const other of failed) {
      await this.advance(tx, other, 'failed', { error: { code, message: sharedMessage(row.id, message) }, failure: sharedFailure(row, { code, message }), log });
    }
  }
}

function end(row: BuildEntity, now: number, change: BuildChange): void {
  row.completedAt = now;
  row.durationMs = change.durationMs ?? (row.startedAt === null ? null : now - row.startedAt);
  row.errorCode = change.error?.code ?? null;
  row.errorMessage = change.error?.message ?? null;
  row.failure = row.status === 'failed' ? (change.failure ?? null) : null;
  // Of a failure that is another's, too, the other is remembered: there is the log.
  if (row.status !== 'failed') row.watches = null;
  Object.assign(row, { leaseWorker: null, leaseUntil: null });
}
