import { inspect } from 'node:util';
import { isOfRegistry, parseRegistryUrl, registryReference } from './registry-url';

describe('parseRegistryUrl', () => {
  it.each([
    ['https://registry.example.com', 'registry.example.com', '', true],
    ['https://registry.example.com:5443/team/apps/', 'registry.example.com:5443', 'team/apps', true],
    ['http://127.0.0.1:5000', '127.0.0.1:5000', '', false],
    ['http://[::1]:5000', '[::1]:5000', '', false],
    ['http://localhost', 'localhost:80', '', false],
    ['https://registry', 'registry:443', '', true],
    ['https://docker.io/somebody', 'docker.io', 'somebody', true],
  ])('%s', (url, host, prefix, secure) => expect(parseRegistryUrl(url)).toMatchObject({ host, prefix, secure, credentials: null }));

  it('takes percent-encoded credentials, and shows them nowhere', () => {
    const registry = parseRegistryUrl('https://robot%24hub:p%40ss%3Aw%2Ford@registry.example.com/team');
    expect(registry.credentials).toEqual({ username: 'robot$hub', password: 'p@ss:w/ord' });
    for (const shown of [JSON.stringify({ registry }), inspect({ registry }, { depth: 9, showHidden: true }), String(registry), JSON.stringify({ ...registry })]) {
      expect(shown).not.toContain('p@ss');
      expect(shown).not.toContain('robot');
    }
  });

  it.each(['registry.example.com', 'ftp://registry.example.com', 'https://', 'https://h.example/?a=b', 'https://h.example/#x', 'https://onlyuser@h.example', 'https://h.example/Upper', 'https://h.example/a//b', 'https://u:%zz@h.example', ''])('refuses %j without repeating it', (url) => {
    expect(() => parseRegistryUrl(url)).toThrow(/^must /);
    if (url.length > 8) expect(() => parseRegistryUrl(url)).not.toThrow(url);
  });
});

it('names images below the prefix, and knows its own', () => {
  const registry = parseRegistryUrl('https://registry.example.com/team');
  expect(registryReference(registry, 'osiris/a/b:1')).toBe('registry.example.com/team/osiris/a/b:1');
  expect(isOfRegistry(registry, 'registry.example.com/team/osiris/a/b:1')).toBe(true);
  for (const other of ['registry.example.com/teams/a:1', 'registry.example.com.evil.example/team/a:1', 'osiris/a/b:1']) expect(isOfRegistry(registry, other)).toBe(false);
});
