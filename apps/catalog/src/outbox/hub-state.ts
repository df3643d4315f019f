import type { EntityManager } from 'typeorm';
import { HubStateEntity } from './outbox.entity';

export type HubStateName = 'catalogue.imports' | 'events.prunedThrough' | 'jobs.createdAt' | 'readers.newest';

export async function readState(manager: EntityManager, name: HubStateName): Promise<string | null> {
  return (await manager.findOneBy(HubStateEntity, { name }))?.value ?? null;
}

export async function writeState(manager: EntityManager, name: HubStateName, value: string): Promise<void> {
  await manager.save(HubStateEntity, { name, value });
}
