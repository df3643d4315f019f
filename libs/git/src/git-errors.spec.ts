import { classifyGitFailure } from './git-errors';
import { locate } from './repo-location';

const location = locate('https://me:hunter2@example.com/owner/repo', { allowedRoots: [], allowPrivateHosts: false });

describe('classifyGitFailure', () => {
  it.each([
    ["fatal: could not read Username for 'https://example.com': terminal prompts disabled", 'REPO_AUTH_REQUIRED'],
    ["fatal: Authentication failed for 'https://example.com/owner/repo/'", 'REPO_AUTH_REQUIRED'],
    ["fatal: unable to access 'https://example.com/owner/repo/': The requested URL returned error: 403", 'REPO_AUTH_REQUIRED'],
    ['git@example.com: Permission denied (publickey).\nfatal: Could not read from remote repository.', 'REPO_AUTH_REQUIRED'],
    ["remote: Repository not found.\nfatal: repository 'https://example.com/owner/repo/' not found", 'REPO_NOT_FOUND'],
    ["fatal: '/x' does not appear to be a git repository", 'REPO_NOT_FOUND'],
    ["fatal: couldn't find remote ref refs/heads/x", 'REF_NOT_FOUND'],
    ["fatal: unable to access 'https://example.com/': Could not resolve host: example.com", 'REPO_UNREACHABLE'],
    ["fatal: unable to access 'https://example.com/': SSL certificate problem: self-signed certificate", 'REPO_UNREACHABLE'],
    ["fatal: unable to access 'https://example.com/': The requested URL returned error: 502", 'REPO_UNREACHABLE'],
    ['error: RPC failed; curl 28 Operation too slow. Less than 1000 bytes/sec transferred the last 30 seconds', 'REPO_TIMEOUT'],
    ['something nobody has seen', 'REPO_UNREACHABLE'],
  ])('%s', (stderr, code) => expect(classifyGitFailure(stderr, location).code).toBe(code));

  it('repeats no credentials', () => {
    const error = classifyGitFailure('odd: https://me:hunter2@example.com', location);
    expect(error.message + String(error.cause)).not.toContain('hunter2');
  });
});
