import { runtimeVersion } from './runtime-version';

describe('runtimeVersion', () => {
  it.each([
    ['node', '20-alpine3.19', '20'], ['node', 'v20.11.1', '20'], ['node', '>=18 <21', '18'], ['node', '^18.17 || >=20', '18'], ['node', '20.x', '20'], ['node', 'lts/iron', '20'], ['node', 'hydrogen-slim', '18'],
    ['node', 'lts/*', undefined], ['node', 'lts', undefined], ['node', 'latest', undefined], ['node', '<21', undefined], ['node', '*', undefined], ['node', 'lts/constructor', undefined],
    ['python', '>=3.12,<4', '3.12'], ['python', '^3.11', '3.11'], ['python', '3.12.*', '3.12'], ['python', '~=3.10.2', '3.10'], ['python', '3.13-slim-bookworm', '3.13'], ['python', 'pypy3.10-7.3.12', '3.10'], ['python', '3', undefined],
    ['python', '!=3.9,>=3.8', '3.8'], ['python', '<=3.12', undefined], ['python', '2.7', undefined],
    ['go', '1.22.3', '1.22'], ['go', 'go1.21', '1.21'], ['go', '1', undefined], ['go', '1.23-alpine3.20', '1.23'],
    ['php', '8.3-fpm-alpine', '8.3'], ['php', '^8.2|^8.3', '8.2'], ['php', '8-apache', '8'], ['ruby', '~> 3.3.0', '3.3'], ['ruby', 'ruby-3.2.2', '3.2'], ['elixir', '~> 1.16', '1.16'], ['rust', '1.80-slim', '1.80'], ['rust', 'nightly-2024-05-01', undefined], ['rust', 'stable', undefined],
    ['java', '21-jre-alpine', '21'], ['java', '1.8', '8'], ['java', '8-jdk', '8'], ['java', 'temurin-21.0.2+13.0.LTS', '21'], ['java', '17.0.10-tem', '17'], ['dotnet', '8.0-alpine', '8'], ['dotnet', '9.0.100', '9'], ['bun', '1.1-alpine', '1'], ['deno', '2.0.0', '2'],
    ['r', '4.4.1', '4.4'], ['nginx', '1.27', undefined], ['node', '', undefined], ['node', '20240101', undefined],
  ])('%s of %j is %s', (runtime, written, version) => {
    expect(runtimeVersion(runtime, written)).toBe(version);
  });
});
