import { majorVersion } from './major-version';

describe('majorVersion', () => {
  it.each([
    ['^15.1.0', '15'], ['~> 7.1', '7'], ['>=15,<16', '15'], ['<16,>=15', '15'], ['==4.2.1', '4'], ['v1.9.0', '1'], ['15.x', '15'], ['15', '15'], ['~0.4.2', '0.4'], ['0', '0'],
    ['^18 || ^19', '18'], ['[2.0,3.0)', '2'], ['npm:next@15.0.1', '15'], ['workspace:^3.0.0', '3'], ['5.0.*', '5'], ['>= 3.2', '3'], ['15.0.0-rc.1', '15'],
    ['latest', undefined], ['*', undefined], ['', undefined], [null, undefined], ['<4', undefined], ['workspace:*', undefined], ['file:../x1', undefined], ['git+https://h/a/b#v1', undefined], ['github:a/b', undefined],
  ])('of %j is %s', (requirement, major) => {
    expect(majorVersion(requirement)).toBe(major);
  });
});
