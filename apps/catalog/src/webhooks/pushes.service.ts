import { Inject, Injectable } from '@nestjs/common';
import { DomainError, parseRepoUrl, type repositoryPushed, type WebhookAnswer } from '@osiris/contracts';
import { ENV } from '@osiris/service-kit';
import { In, MoreThan } from 'typeorm';
import type { z } from 'zod';
import { Database, type Transaction } from '../database/database';
import type { Env } from '../env';
import { IngestionsService } from '../ingestions/ingestions.service';
import { Outbox } from '../outbox/outbox';
import { viewApp } from '../repositories/app-view';
import { repositoryKey } from '../repositories/repository-key';
import { RepositoryEntity } from '../repositories/repository.entity';
import { hearsPush } from './hears-push';
import { WebhookDeliveryEntity } from './webhook-delivery.entity';

type Push = z.output<typeof repositoryPushed.input>;

/** What pushes lead to that a host of repositories tells of. The gateway has verified that it is the host who does. */
@Injectable()
export class PushesService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly ingestions: IngestionsService,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /**
   * Has every app read anew that follows the pushed ref, once per delivery.
   * @throws DomainError NOT_FOUND where no app is of this repository: the delivery may come again once there is one
   */
  async apply(push: Push): Promise<WebhookAnswer> {
    const keys = this.keysOf(push.urls);
    return this.database.write(async (tx) => {
      const apps = await tx.manager.find(RepositoryEntity, { where: { repositoryKey: In(keys) }, order: { id: 'ASC' } });
      if (apps.length === 0) throw new DomainError('NOT_FOUND', 'No app of this repository is registered.');
      if (!(await this.isFirst(tx, push))) return { accepted: [], ignored: 'replay' };
      const following = apps.filter(({ askedRef, foundRef }) => hearsPush({ askedRef, foundRef }, push));
      if (following.length === 0) return { accepted: [], ignored: 'ref' };
      for (const app of following) await this.read(tx, app, push.ref);
      return { accepted: following.map(({ slug }) => slug) };
    });
  }

  private async read(tx: Transaction, app: RepositoryEntity, ref: string): Promise<void> {
    const current = await this.ingestions.currentOf(tx, app);
    // One that waits is going to read the newest commit anyway.
    if (current?.status === 'pending') return;
    app.quietChecks = 0;
    await this.ingestions.begin(tx, app, `Pushed to ${ref.replace(/^refs\/(heads|tags)\//, '')}, waiting to be read`, { unlessUnchanged: true });
    await this.outbox.event(tx, 'app.updated', app.id, { app: await viewApp(tx.manager, app.id) });
  }

  /** Remembers the delivery. @returns false where it was here before, under any of its keys */
  private async isFirst(tx: Transaction, { deliveries }: Push): Promise<boolean> {
    const hashes = deliveries.map(({ hash }) => hash);
    if (await tx.manager.existsBy(WebhookDeliveryEntity, { hash: In(hashes), expiresAt: MoreThan(tx.now) })) return false;
    const rows = deliveries.map(({ hash, keptSeconds }) => ({ hash, expiresAt: tx.now + keptSeconds * 1_000 }));
    await tx.manager.upsert(WebhookDeliveryEntity, [...new Map(rows.map((row) => [row.hash, row])).values()], ['hash']);
    return true;
  }

  /** Addresses that are none, and folders outside of the allowed ones, name nothing here. */
  private keysOf(urls: readonly string[]): string[] {
    const policy = { allowedRoots: this.env.GIT_ALLOWED_ROOTS, allowPrivateHosts: true };
    return [...new Set(urls.flatMap((url) => {
      try {
        return [repositoryKey(parseRepoUrl(url, policy).publicUrl)];
      } catch {
        return [];
      }
    }))];
  }
}
