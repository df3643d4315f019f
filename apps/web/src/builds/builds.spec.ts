import type { Build } from '@osiris/contracts';
import { ordinal, waitingWords } from './build-words';
import { imageFactsOf, shortDigest } from './image-facts';
import { shellLine } from './shell-line';

describe('what a build waits for', () => {
  it('is its place among those that wait', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 1_003].map(ordinal)).toEqual(['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '102nd', '1,003rd']);
    expect(waitingWords({ status: 'pending', queue: { position: 3, of: 7 }, watches: null })).toBe('3rd of 7 waiting for a builder');
    expect(waitingWords({ status: 'pending', queue: { position: 1, of: 1 } })).toBe('next, waiting for a builder');
    expect(waitingWords({ status: 'pending', queue: null })).toBe('in the queue');
    expect(waitingWords({ status: 'pending', queue: { position: 3, of: 7 }, watches: 'bld_x' })).toMatch(/shares a build/);
    expect(waitingWords({ status: 'running', queue: { position: 3, of: 7 } })).toBe('');
  });
});

describe('shellLine', () => {
  it('quotes what a shell would read otherwise, and nothing else', () => {
    expect(shellLine(['node', 'dist/main.js', '--port=80'])).toBe('node dist/main.js --port=80');
    expect(shellLine(['sh', '-c', 'exec "$APP" *', "it's", ''])).toBe(`sh -c 'exec "$APP" *' 'it'\\''s' ''`);
  });
});

describe('imageFactsOf', () => {
  const digest = `sha256:${'ab'.repeat(32)}`;
  const config = { layers: 6, ports: [80, 8443], user: 'app:app', entrypoint: ['/entry.sh'], command: ['sh', '-c', 'exec node .'], workingDirectory: '/app', platform: 'linux/amd64' };
  const told = (image: object) => imageFactsOf({ reference: 'osiris/a:1', digest, bytes: 5_200_000, ...image } as NonNullable<Build['image']>).map(({ name, value, warn }) => `${name}: ${value}${warn ? ' !' : ''}`);

  it('says what its configuration says, and what it was built on', () => {
    expect(told({ config, bases: [{ name: 'node:20-slim', digest }] })).toEqual([
      'Digest: sha256:abababababab', 'Name: osiris/a:1', 'Size: 5.2 MB, 6 layers', 'Ports: 80, 8443', 'User: app:app',
      'Entrypoint: /entry.sh', "Command: sh -c 'exec node .'", 'Folder: /app', 'Platform: linux/amd64', 'Built on: node:20-slim@sha256:abababababab',
    ]);
  });

  it('marks what runs as root, by whichever name', () => {
    for (const user of [null, 'root', '0', '0:0', 'root:root']) expect(told({ config: { ...config, user } }).some((fact) => /^User: .*root !$/.test(fact))).toBe(true);
    for (const user of ['rooty', '01', '1000:0', 'app']) expect(told({ config: { ...config, user } }).some((fact) => fact.includes('!'))).toBe(false);
  });

  it('leaves out what is not known', () => {
    expect(told({})).toEqual(['Digest: sha256:abababababab', 'Name: osiris/a:1', 'Size: 5.2 MB']);
    expect(shortDigest('not a digest')).toBe('not a digest');
  });
});
