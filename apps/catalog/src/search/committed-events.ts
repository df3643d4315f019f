import type { EntityManager } from 'typeorm';
import { placeholders, select } from '../database/select';
import type { HubStateName } from '../outbox/hub-state';

const EVENTS_AT_ONCE = 1_000;
const SERVICE_CHANGES = 'changes.service.v1';
const STATES: readonly HubStateName[] = ['events.prunedThrough', 'catalogue.imports'];

/** What was committed after an event. */
export interface Seen {
  /** Apps whose rows changed, each once. */
  appIds: string[];
  /** Id of the last event looked at. */
  through: number;
  /** There are further events behind it. */
  more: boolean;
  /** Id of the newest event. */
  latest: number;
  /** Events up to and with this one are removed. */
  prunedThrough: number;
  /** How many imports there were. */
  imports: number;
}

/** @param after id of an event; null: what is committed by now is of no interest, only where it ends */
export async function lookAtChanges(manager: EntityManager, after: number | null): Promise<Seen> {
  const states = await select<{ name: HubStateName; value: string }>(manager, `SELECT name, value FROM hub_state WHERE name IN (${placeholders(STATES.length)})`, STATES);
  const stateOf = (name: HubStateName): number => Number(states.find((state) => state.name === name)?.value ?? 0);
  const prunedThrough = stateOf('events.prunedThrough');
  const imports = stateOf('catalogue.imports');
  if (after === null) {
    const latest = Math.max(prunedThrough, await newestEvent(manager));
    return { appIds: [], through: latest, more: false, latest, prunedThrough, imports };
  }
  const sql = `SELECT id AS "id", owner AS "owner", subject AS "subject" FROM outbox WHERE kind = 'event' AND id > ? ORDER BY id LIMIT ${EVENTS_AT_ONCE}`;
  const rows = await select<{ id: number | string; owner: string; subject: string }>(manager, sql, [after]);
  const through = Number(rows.at(-1)?.id ?? after);
  const more = rows.length === EVENTS_AT_ONCE;
  return {
    appIds: [...new Set(rows.filter(({ subject }) => subject !== SERVICE_CHANGES).map(({ owner }) => owner))],
    through,
    more,
    latest: more ? await newestEvent(manager) : through,
    prunedThrough,
    imports,
  };
}

async function newestEvent(manager: EntityManager): Promise<number> {
  const [row] = await select<{ id: number | string | null }>(manager, `SELECT MAX(id) AS "id" FROM outbox WHERE kind = 'event'`);
  return Number(row?.id ?? 0);
}
