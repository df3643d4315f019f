import { allowedMethods } from './allowed-methods';

describe('allowedMethods', () => {
  it.each([
    ['/apps', ['GET', 'HEAD', 'POST']],
    ['/apps/owner%2Fname?x=/y', ['DELETE', 'GET', 'HEAD', 'PATCH']],
    ['/hooks/github', ['POST']],
    ['/apps/a/b/c', []],
    ['/', []],
  ])('%s takes %j', (url, methods) => expect(allowedMethods(url)).toEqual(methods));
});
