import { isTable, type Table, tableOf } from '../manifests/parsed-value';
import type { LockDraft } from './lock-file';

/** The map that a lock file of JSON holds. One that a program wrote is valid or broken: nothing of a broken one counts. */
export function parseLockJson(text: string, lock: LockDraft): Table {
  try {
    const value = JSON.parse(text) as unknown;
    if (!isTable(value)) lock.invalid('is not a JSON object', 1);
    return tableOf(value);
  } catch {
    lock.invalid('is not valid JSON: no version of it counts');
    return {};
  }
}
