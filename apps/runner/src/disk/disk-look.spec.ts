import { HASTE_BYTES, isTimeToLook, SLOW_LOOK_MS } from './disk-look';

const quiet = { sinceLookMs: 1_000, free: 10 * HASTE_BYTES, freeAtLook: 10 * HASTE_BYTES };

it('looks now and then, and at once where the disk fills', () => {
  expect(isTimeToLook(quiet)).toBe(false);
  expect(isTimeToLook({ ...quiet, sinceLookMs: SLOW_LOOK_MS })).toBe(true);
  expect(isTimeToLook({ ...quiet, free: quiet.free - HASTE_BYTES })).toBe(true);
  expect(isTimeToLook({ ...quiet, free: 20 * HASTE_BYTES })).toBe(false);
});

it('only looks now and then where the disk is out of sight', () => {
  expect(isTimeToLook({ sinceLookMs: 1_000, free: undefined, freeAtLook: undefined })).toBe(false);
  expect(isTimeToLook({ sinceLookMs: SLOW_LOOK_MS, free: undefined, freeAtLook: undefined })).toBe(true);
});
