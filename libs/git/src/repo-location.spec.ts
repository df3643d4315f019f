import { locate } from './repo-location';

const policy = { allowedRoots: ['/srv/demo'], allowPrivateHosts: true };

describe('locate', () => {
  it('keeps credentials out of the URL that git is given', () => {
    const location = locate('https://me:s%40cret:x@Example.com/owner/repo.git', policy);
    expect(location.url).toBe('https://example.com/owner/repo.git');
    expect(location.credentials).toEqual({ user: 'me', password: 's@cret:x' });
  });

  it('takes a token as a user', () => expect(locate('https://ghp_token@example.com/a/b', policy).credentials).toEqual({ user: 'ghp_token', password: '' }));

  it('gives ssh no password, but its user', () => {
    expect(locate('ssh://git:x@example.com:2222/a/b', policy)).toMatchObject({ url: 'ssh://git@example.com:2222/a/b', credentials: null, port: 2222 });
    expect(locate('git@example.com:owner/repo.git', policy)).toMatchObject({ url: 'ssh://git@example.com/owner/repo.git', port: 22 });
  });

  it('reads numeric hosts as the address they are', () => expect(locate('http://2130706433:8080/a/b', policy)).toMatchObject({ host: '127.0.0.1', port: 8080 }));

  it('decodes the path of a file URL', () => expect(locate('file:///srv/demo/a%20b', policy).path).toBe('/srv/demo/a b'));
});
