import { type Launch, LAUNCH_PLACES, type LaunchProfile } from '@osiris/contracts';
import type { EntityManager } from 'typeorm';
import { select } from '../database/select';
import { inTurn, type WaitingLaunch } from './launch-order';

/** As the index has it, word for word: SQLite knows it by nothing else. No job is out for what waits for room. */
const WAITING = `status = 'pending' AND job_message_id IS NULL`;
const UNDER_WAY = `(status = 'pending' AND job_message_id IS NOT NULL) OR status IN ('starting', 'running')`;

export const isWaiting = (row: { status: string; jobMessageId: string | null }): boolean => row.status === 'pending' && row.jobMessageId === null;

export async function countWaiting(manager: EntityManager): Promise<number> {
  const [row] = await select<{ count: number | string }>(manager, `SELECT COUNT(*) AS "count" FROM launches WHERE ${WAITING}`);
  return Number(row?.count);
}

/** Those that wait for room, next first. */
export async function waitingInTurn(manager: EntityManager): Promise<WaitingLaunch[]> {
  const rows = await select<{ id: string; appId: string; profile: LaunchProfile }>(
    manager,
    `SELECT id AS "id", repository_id AS "appId", profile AS "profile" FROM launches WHERE ${WAITING}`,
  );
  if (rows.length === 0) return [];
  const counts = await select<{ appId: string; count: number | string }>(
    manager,
    `SELECT repository_id AS "appId", COUNT(*) AS "count" FROM launches WHERE ${UNDER_WAY} GROUP BY repository_id`,
  );
  const waiting = rows.map(({ id, appId, profile }) => ({ id, appId, places: LAUNCH_PLACES[profile] }));
  return inTurn(waiting, new Map(counts.map(({ appId, count }) => [appId, Number(count)])));
}

export type QueuePlace = NonNullable<Launch['queue']>;

/** Where each launch that waits stands: 1 is next. By id. */
export async function queuePlaces(manager: EntityManager): Promise<Map<string, QueuePlace>> {
  const order = await waitingInTurn(manager);
  return new Map(order.map(({ id }, at) => [id, { position: at + 1, of: order.length }]));
}
