import { acceptsGzip } from './accepts-gzip';

describe('acceptsGzip', () => {
  it.each([
    [undefined, false],
    ['', false],
    ['gzip', true],
    ['br, GZIP;q=0.5', true],
    ['x-gzip', true],
    ['*', true],
    ['*;q=0', false],
    ['gzip;q=0, *', false],
    ['gzip;q=0.000', false],
    ['identity, br', false],
  ])('%j → %s', (header, accepts) => expect(acceptsGzip(header)).toBe(accepts));
});
