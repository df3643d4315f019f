import { createHash } from 'node:crypto';
import type { LaunchJob, SeatWish } from '@osiris/contracts';

type Terms = Pick<SeatWish, 'buildId' | 'imageReference' | 'port' | 'healthPath' | 'readOnlyRoot'>;

/** What a seat is good for: a launch of the same key would have made the same container, and waited for the same answer. */
export function seatKey({ buildId, imageReference, port, healthPath, readOnlyRoot }: Terms): string {
  const terms = JSON.stringify([buildId, imageReference, port, healthPath, readOnlyRoot]);
  return createHash('sha256').update(terms).digest('hex').slice(0, 32);
}

/**
 * The key of the seats that can serve a launch; undefined where none can: it has variables of its own, another size, or had a
 * container before (a seat's labels are of a first attempt, and labels cannot change).
 */
export function seatKeyOf(job: LaunchJob): string | undefined {
  if (Object.keys(job.env).length > 0 || job.profile !== 'small' || job.attempt !== 1) return undefined;
  return seatKey({ ...job, healthPath: job.healthPath ?? null, readOnlyRoot: job.readOnlyRoot ?? false });
}
