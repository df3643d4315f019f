import { monotonicFactory } from 'ulid';

const next = monotonicFactory();
export type IdPrefix = 'app' | 'ing' | 'bld' | 'vrf' | 'lch' | 'evt' | 'job' | 'chk';

/** `bld_01jf…`: later ids sort after earlier ones, so that the newest of a kind has the greatest id. */
export const newId = (prefix: IdPrefix): string => `${prefix}_${next().toLowerCase()}`;
