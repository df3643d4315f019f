import type { LaunchJob } from '@osiris/contracts';
import { seatKey, seatKeyOf } from './seat-key';

const terms = { buildId: 'bld_0000000000', imageReference: 'x:1', port: 80, healthPath: null, readOnlyRoot: true };
const job: LaunchJob = { ...terms, attempt: 1, launchId: 'lch_0000000000', appId: 'app_0000000000', slug: 'a/b', env: {}, profile: 'small', expiresAt: '2030-01-01T00:00:00Z' };

describe('the key of the seats that can serve a launch', () => {
  it('is that of the seats of its build', () => expect(seatKeyOf(job)).toBe(seatKey(terms)));
  it.each([
    ['its own variables', { env: { A: '' } }],
    ['another size', { profile: 'medium' as const }],
    ['a container before', { attempt: 2 }],
  ])('is none with %s', (_what, change) => expect(seatKeyOf({ ...job, ...change })).toBeUndefined());
  it.each([{ buildId: 'bld_0000000001' }, { imageReference: 'x:2' }, { port: null }, { healthPath: '/up' }, { readOnlyRoot: false }])('is another one with %j', (change) =>
    expect(seatKeyOf({ ...job, ...change })).not.toBe(seatKey(terms)),
  );
});
