import { acceptsCoding } from './content-coding';

describe('acceptsCoding', () => {
  it.each(['gzip', 'gzip, deflate, br, zstd', 'br;q=1.0, GZIP;q=0.2', 'x-gzip', '*', 'identity;q=0.5, *;q=0.1', 'gzip;q=1.000'])('takes gzip by %j', (header) => {
    expect(acceptsCoding(header, 'gzip')).toBe(true);
  });

  it.each([undefined, '', 'identity', 'br', 'gzip;q=0', 'gzip; q=0.000, *', '*;q=0', 'gzipped', ';q=1'])('does not take gzip by %j', (header) => {
    expect(acceptsCoding(header, 'gzip')).toBe(false);
  });
});
