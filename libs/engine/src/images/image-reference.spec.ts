import { parseImageReference, sameRepository, splitTag } from './image-reference';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const HUB = 'docker.io';

describe('parseImageReference', () => {
  it.each([
    ['busybox', HUB, 'library/busybox', 'latest', null],
    ['node:20-slim', HUB, 'library/node', '20-slim', null],
    ['docker.io/library/node:20', HUB, 'library/node', '20', null],
    ['index.docker.io/node', HUB, 'library/node', 'latest', null],
    ['someone/app', HUB, 'someone/app', 'latest', null],
    ['ghcr.io/a/b:1', 'ghcr.io', 'a/b', '1', null],
    ['localhost/a', 'localhost', 'a', 'latest', null],
    ['localhost:5000/a__b/c--d.e:T_1', 'localhost:5000', 'a__b/c--d.e', 'T_1', null],
    ['[::1]:5000/a', '[::1]:5000', 'a', 'latest', null],
    [`node@${DIGEST}`, HUB, 'library/node', null, DIGEST],
    [`node:20@${DIGEST}`, HUB, 'library/node', '20', DIGEST],
  ])('%s', (name, host, path, tag, digest) => expect(parseImageReference(name)).toEqual({ host, path, tag, digest }));

  it.each(['', 'Node', 'a/../b', '../containers/json', 'a?b=c', 'a#b', 'a b', '/a', 'a/', 'a:', 'a@sha256:1', 'a..b', 'a:-x', DIGEST, 'f'.repeat(64), 'a'.repeat(300), 'h.example:99999999/a', 'h%2f.example/a', 'a\n', `${'$'}{BASE}`])('refuses %j', (name) =>
    expect(parseImageReference(name)).toBeNull(),
  );

  it('is done at once with what is made to take long', () => {
    expect(parseImageReference(`${'a-'.repeat(50_000)}!`)).toBeNull();
    expect(parseImageReference(`${'a/'.repeat(50_000)}!`)).toBeNull();
  });
});

it('knows one repository by different names', () => {
  const parsed = (name: string) => parseImageReference(name) ?? { host: '', path: '', tag: null, digest: null };
  expect(sameRepository(parsed('busybox:1'), parsed(`docker.io/library/busybox@${DIGEST}`))).toBe(true);
  expect(sameRepository(parsed('busybox'), parsed('ghcr.io/library/busybox'))).toBe(false);
});

it('splits a tag off', () => {
  expect(splitTag('localhost:5000/a/b:1')).toEqual(['localhost:5000/a/b', '1']);
  for (const name of ['localhost:5000/a/b', 'a', `a@${DIGEST}`, `a:1@${DIGEST}`]) expect(() => splitTag(name)).toThrow('no name of an image with a tag');
});
