import { DomainError } from './errors';
import { isPrivateAddress, isPrivateHost } from './network-address';
import { parseRepoUrl, type RepoUrlPolicy } from './repo-url';

const policy: RepoUrlPolicy = { allowedRoots: ['/srv/demo', '/srv/more/'], allowPrivateHosts: false };
const codeOf = (url: string, of: RepoUrlPolicy = policy): string => {
  try {
    parseRepoUrl(url, of);
    return 'accepted';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
};

describe('parseRepoUrl', () => {
  it.each([
    ['https://github.com/Acme/Hello.git', 'https://github.com/Acme/Hello.git', 'acme/hello'],
    ['https://GitHub.com:443/acme/hello/', 'https://github.com/acme/hello', 'acme/hello'],
    ['http://git.example.org:8080/a/b/c', 'http://git.example.org:8080/a/b/c', 'b/c'],
    ['git@github.com:acme/hello.git', 'ssh://git@github.com/acme/hello.git', 'acme/hello'],
    ['ssh://git@github.com:22/acme/hello', 'ssh://git@github.com/acme/hello', 'acme/hello'],
    ['git://example.org/hello', 'git://example.org/hello', 'example/hello'],
    ['file:///srv/demo/hello', 'file:///srv/demo/hello', 'demo/hello'],
    ['file:///srv/more/x/y.git', 'file:///srv/more/x/y.git', 'x/y'],
  ])('accepts %s', (text, url, slug) => {
    expect(parseRepoUrl(text, policy)).toMatchObject({ url, publicUrl: url, slug, credentials: null });
  });

  it('keeps credentials apart from what may be shown', () => {
    const parsed = parseRepoUrl('https://me:s3cret%40@example.org/a/b', policy);
    expect(parsed).toMatchObject({
      url: 'https://me:s3cret%40@example.org/a/b',
      publicUrl: 'https://example.org/a/b',
      credentials: 'me:s3cret%40',
    });
    expect(parseRepoUrl('ssh://git:pw@example.org/a/b', policy)).toMatchObject({
      publicUrl: 'ssh://git@example.org/a/b',
      credentials: 'git:pw',
    });
  });

  it.each([
    '--upload-pack=touch /tmp/x',
    '--upload-pack=x',
    '-oProxyCommand=x:y',
    'ext::sh -c id',
    'ext::sh',
    'fd::17',
    'file:///etc',
    'file:///etc/passwd',
    'file:///srv/demo',
    'file:///srv/demo/../../etc',
    'file:///srv/demo/%2e%2e/x',
    'file:///srv/demonic/x',
    'file://host/srv/demo/x',
    'file:/srv/demo/x',
    '/srv/demo/x',
    '../x',
    'ssh://-oProxyCommand=id/x',
    'ssh://git@-oProxyCommand=id/x',
    'ssh://-oProxyCommand=id@example.org/x',
    'ssh://%2doProxyCommand=id@example.org/x',
    '-git@example.org:x',
    'git@-example.org:x',
    'git@example.org:-x',
    'git@example.org:',
    'git@example.org:../../etc/x',
    'https://example.org',
    'https://example.org/',
    'https://example.org/a/../b',
    'https://example.org/a?x=1',
    'https://example.org/a#x',
    'https:///a/b',
    'https://exa mple.org/a/b',
    'https://example.org/a\nb',
    'https://example.org/a\u0000b',
    'https://example.org/a%0ab',
    'https://example.org/a%zz',
    'https://example.org\\@evil.org/a',
    'ftp://example.org/a/b',
    'javascript:alert(1)',
    'data:text/plain,x',
    '',
    '   ',
    `https://example.org/${'a'.repeat(10_000)}`,
  ])('refuses %j', (url) => expect(codeOf(url)).toBe('REPO_URL_INVALID'));

  it.each([
    'http://localhost/a/b',
    'http://LOCALHOST./a/b',
    'http://127.0.0.1/a/b',
    'http://127.1/a/b',
    'http://2130706433/a/b',
    'http://0x7f.0.0.1/a/b',
    'ssh://git@0x7f.1/a/b',
    'git://017700000001/a/b',
    'https://10.1.2.3/a/b',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/a/b',
    'https://[::ffff:10.0.0.1]/a/b',
    'https://[fd00::1]/a/b',
    'https://user:pw@192.168.1.1/a/b',
    'git@localhost:a/b',
    'git@printer.local:a/b',
    'https://vault.internal/a/b',
  ])('keeps away from %s', (url) => {
    expect(codeOf(url)).toBe('HOST_NOT_ALLOWED');
    expect(codeOf(url, { ...policy, allowPrivateHosts: true })).toBe('accepted');
  });

  it('names no secret in its errors', () => {
    expect(() => parseRepoUrl('https://me:s3cret@10.0.0.1/a/b', policy)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('s3cret') as string }),
    );
  });
});

describe('isPrivateAddress', () => {
  it.each(['127.0.0.1', '0.0.0.0', '172.31.0.1', '100.64.0.1', '::', '::1', 'fe80::1%eth0', '64:ff9b::a00:1', '2002:7f00:1::', '224.0.0.1'])(
    'private: %s',
    (address) => expect(isPrivateAddress(address)).toBe(true),
  );
  it.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8', 'example.org', ''])('public or none: %s', (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );
  it('knows private names', () => {
    expect(isPrivateHost('a.localhost')).toBe(true);
    expect(isPrivateHost('localhost.example.org')).toBe(false);
  });
});
