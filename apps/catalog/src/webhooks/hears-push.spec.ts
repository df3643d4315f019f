import { hearsPush } from './hears-push';

const push = (ref: string, defaultBranch: string | null = 'main') => ({ ref, defaultBranch });
const asked = (askedRef: string | null, foundRef: string | null = null) => ({ askedRef, foundRef });

describe('a push', () => {
  it.each([
    [asked(null), push('refs/heads/main'), true],
    [asked(null), push('refs/heads/dev'), false],
    [asked(null), push('refs/tags/main'), false],
    [asked(null, 'trunk'), push('refs/heads/trunk', null), true],
    [asked(null, 'trunk'), push('refs/heads/main', null), false],
    [asked(null, null), push('refs/heads/anything', null), true],
    [asked('dev'), push('refs/heads/dev'), true],
    [asked('refs/heads/dev'), push('refs/heads/dev'), true],
    [asked('dev'), push('refs/heads/main'), false],
    [asked('v1'), push('refs/tags/v1'), true],
    [asked('refs/heads/v1'), push('refs/tags/v1'), false],
    [asked('feature/x'), push('refs/heads/feature/x'), true],
    [asked('x'), push('refs/heads/feature/x'), false],
    [asked('a'.repeat(40)), push('refs/heads/main'), false],
  ])('%j hears %j: %s', (app, what, heard) => expect(hearsPush(app, what)).toBe(heard));
});
