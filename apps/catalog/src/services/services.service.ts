import { Injectable } from '@nestjs/common';
import { type HubService, SERVICE_NAMES, type serviceStarted } from '@osiris/contracts';
import type { FactMeta } from '@osiris/service-kit';
import type { z } from 'zod';
import { Database, type Transaction } from '../database/database';
import { HealthSnapshotEntity } from '../health/health-snapshot.entity';
import type { Probe } from '../health/readiness-probe';
import { Inbox } from '../outbox/inbox';
import { Outbox } from '../outbox/outbox';
import { ServiceEntity } from './service.entity';
import { serviceView } from './service-view';

/** The register of services: who announced itself, and how it was when last looked at. */
@Injectable()
export class ServicesService {
  private readonly listeners: ((slug: string) => void)[] = [];

  constructor(
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
  ) {}

  /** The hub's own first, in their order. */
  async list(): Promise<HubService[]> {
    const rows = await this.all();
    const rank = (slug: string): number => ((SERVICE_NAMES as string[]).indexOf(slug) + SERVICE_NAMES.length + 1) % (SERVICE_NAMES.length + 1);
    return rows.sort((a, b) => rank(a.slug) - rank(b.slug) || (a.slug < b.slug ? -1 : 1)).map(serviceView);
  }

  all(): Promise<ServiceEntity[]> {
    return this.database.read((manager) => manager.find(ServiceEntity));
  }

  /** Called with the slug of a service that is new or has started anew: it is worth a look at once. */
  onStarted(listener: (slug: string) => void): void {
    this.listeners.push(listener);
  }

  async announced(fact: z.output<typeof serviceStarted.schema>, meta: FactMeta): Promise<void> {
    const { slug, name, kind, baseUrl, instance, capabilities } = fact;
    await this.inbox.once(meta, async (tx) => {
      const known = await tx.manager.findOneBy(ServiceEntity, { slug });
      const said = { name, kind, baseUrl, capabilities };
      if (!known) {
        const row = tx.manager.create(ServiceEntity, {
          ...said, slug, instance, metadata: {}, status: 'unknown', statusMessage: 'Not looked at yet',
          lastCheckedAt: null, lastSeenAt: tx.now, createdAt: tx.now,
        }); // prettier-ignore
        await tx.manager.insert(ServiceEntity, row);
        await this.report(tx, row);
      } else {
        const before = JSON.stringify(serviceView(known));
        const started = known.instance !== instance;
        Object.assign(known, said, { instance, lastSeenAt: tx.now });
        await tx.manager.update(ServiceEntity, { slug }, known);
        if (JSON.stringify(serviceView(known)) !== before) await this.report(tx, known);
        if (!started) return;
      }
      tx.afterCommit(() => this.listeners.forEach((listener) => listener(slug)));
    });
  }

  /** Keeps what a look at a service showed; tells of it where the state changed. */
  async observed(slug: string, { status, message, latencyMs }: Probe): Promise<void> {
    await this.database.write(async (tx) => {
      const row = await tx.manager.findOneBy(ServiceEntity, { slug });
      if (!row) return;
      await tx.manager.insert(HealthSnapshotEntity, { slug, status, message, latencyMs, at: tx.now });
      const changed = row.status !== status || row.statusMessage !== message;
      Object.assign(row, { status, statusMessage: message, lastCheckedAt: tx.now });
      await tx.manager.update(ServiceEntity, { slug }, row);
      if (changed) await this.report(tx, row);
    });
  }

  private async report(tx: Transaction, row: ServiceEntity): Promise<void> {
    await this.outbox.event(tx, 'service.updated', row.slug, { service: serviceView(row) });
  }
}
