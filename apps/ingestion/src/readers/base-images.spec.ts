import { runtimeOf } from './base-images';

describe('runtimeOf', () => {
  it.each([
    ['node@sha256:abc', 'node'], ['mcr.microsoft.com/dotnet/aspnet:8.0', 'dotnet'], ['oven/bun:1', 'bun'], ['acme/sdk', undefined], ['constructor', undefined], ['', undefined],
  ])('of %j is %s', (image, runtime) => {
    expect(runtimeOf(image)).toBe(runtime);
  });
});
