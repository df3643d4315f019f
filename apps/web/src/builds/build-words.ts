import type { Build } from '@osiris/contracts';

const rules = new Intl.PluralRules('en', { type: 'ordinal' });
const ENDINGS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** "1st", "22nd", "13th". */
export function ordinal(place: number): string {
  return `${place.toLocaleString('en')}${ENDINGS[rules.select(place)] ?? 'th'}`;
}

/** What a build waits for, as far as its answer says. */
export function waitingWords({ status, queue, watches }: Pick<Build, 'status' | 'queue' | 'watches'>): string {
  if (status !== 'pending') return '';
  if (watches) return 'shares a build that is under way';
  if (!queue) return 'in the queue';
  return queue.of === 1 ? 'next, waiting for a builder' : `${ordinal(queue.position)} of ${queue.of.toLocaleString('en')} waiting for a builder`;
}

export const STATUS_WORDS: Record<Build['status'], string> = {
  pending: 'Waiting',
  running: 'Being built',
  succeeded: 'Built',
  failed: 'Failed',
  canceled: 'Canceled',
};
