import fc from 'fast-check';
import { imageLabels, imageName } from './image-name';

const commitSha = 'a'.repeat(40);
const buildId = 'bld_01arz3ndektsv4rrffq69g5fav';
/** The grammar of github.com/distribution/reference, without a registry in front. */
const REFERENCE = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

describe('imageName', () => {
  it('can be read', () => expect(imageName({ slug: 'acme/hello.js', commitSha, buildId })).toBe('osiris/acme/hello.js:aaaaaaaaaaaa-ffq69g5fav'));
  it('is a name Docker takes, whatever the slug', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'Z', '0', '.', '_', '-', '/', 'ü', ' '), maxLength: 300 }), (slug) => {
      expect(imageName({ slug, commitSha, buildId })).toMatch(REFERENCE);
    }));
  });
});

it('labels hold no credentials', () => {
  const labels = imageLabels({ attempt: 1, buildId, appId: 'app_1', slug: 'a/b', repoUrl: 'https://me:hunter2@example.com/a/b', ref: null, commitSha, dockerfilePath: 'Dockerfile' }, 'hub', new Date(0));
  expect(JSON.stringify(labels)).not.toContain('hunter2');
  expect(labels).toMatchObject({ 'org.opencontainers.image.source': 'https://example.com/a/b', 'io.osiris.hub': 'hub', 'io.osiris.build': buildId });
});
