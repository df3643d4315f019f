import { imageName, imageTag } from './image-name';

describe('imageName', () => {
  it.each([
    ['postgres', 'postgres'], ['postgres:16-alpine', 'postgres'], ['docker.io/library/postgres:16@sha256:abc', 'postgres'], ['ghcr.io/x/y', 'x/y'], ['localhost:5000/a/b:1', 'a/b'], ['localhost/a', 'a'],
    ['bitnami/redis:7', 'bitnami/redis'], ['Node:20', 'node'], ['/x//y:', 'x/y'], ['', ''], [':16', ''], ['a'.repeat(100_000), 'a'.repeat(500)],
  ])('of %s is %s', (reference, name) => {
    expect(imageName(reference)).toBe(name);
  });
  it('has a tag apart', () => {
    expect(imageTag('localhost:5000/php:8-apache@sha256:abc')).toBe('8-apache');
    expect(imageTag('localhost:5000/php')).toBeUndefined();
  });
});
