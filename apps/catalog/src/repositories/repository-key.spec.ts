import { parseRepoUrl } from '@osiris/contracts';
import { repositoryKey } from './repository-key';

const keyOf = (url: string): string => repositoryKey(parseRepoUrl(url, { allowedRoots: ['/srv'], allowPrivateHosts: true }).publicUrl);

describe('the key of a repository', () => {
  it.each([
    'https://github.com/Acme/App', 'https://github.com/acme/app.git', 'https://GitHub.com:443/acme/app/', 'http://github.com/acme/app',
    'https://user:secret@github.com/acme/app.git', 'git@github.com:acme/app.git', 'ssh://git@github.com/acme/app', 'ssh://deploy@github.com:22/acme/app.GIT',
    'git://github.com/acme/app.git',
  ])('is the same for %s', (url) => expect(keyOf(url)).toBe('github.com/acme/app')); // prettier-ignore

  it('tells hosts, ports, owners and names apart', () => {
    const urls = ['https://a.org/x/y', 'https://b.org/x/y', 'https://a.org:8443/x/y', 'https://a.org/z/y', 'https://a.org/x/y/z', 'https://a.org/x/yz', 'file:///srv/x/y'];
    expect(new Set(urls.map(keyOf)).size).toBe(urls.length);
  });
});
