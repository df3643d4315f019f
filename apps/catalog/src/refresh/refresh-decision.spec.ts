import type { ErrorCode } from '@osiris/contracts';
import { type CheckAnswer, type CheckedApp, decideRefresh, isNewer } from './refresh-decision';
import { refreshDelayMs } from './refresh-schedule';

const [A, B] = ['a'.repeat(40), 'b'.repeat(40)];
const ready: CheckedApp = { ingestStatus: 'ready', errorCode: null, commitSha: A, attemptedCommitSha: A, readBy: '2026-1', quietChecks: 3 };
const failed = (errorCode: ErrorCode, more: Partial<CheckedApp> = {}): CheckedApp => ({ ...ready, ingestStatus: 'failed', errorCode, ...more });
const at = (commitSha: string): CheckAnswer => ({ commitSha, error: null });
const error = (code: ErrorCode): CheckAnswer => ({ commitSha: null, error: { code, message: '' } });
const decide = (app: CheckedApp, answer: CheckAnswer, newest: string | null = '2026-1') => decideRefresh(app, answer, newest);

describe('a look at a repository', () => {
  it('has a new commit read, and looks often again', () => {
    expect(decide(ready, at(B))).toEqual({ read: `New commit ${'b'.repeat(12)}`, quietChecks: 0, attemptedCommitSha: B });
  });

  it('leaves an app alone whose commit is the same, for longer', () => {
    expect(decide(ready, at(A))).toEqual({ read: null, quietChecks: 4, attemptedCommitSha: A });
  });

  it('says nothing of a host that is away, and asks it less often', () => {
    for (const code of ['REPO_UNREACHABLE', 'REPO_TIMEOUT', 'INTERNAL'] as const) expect(decide(ready, error(code))).toMatchObject({ read: null, quietChecks: 4 });
  });

  it('has a failure recorded that lasts, once', () => {
    expect(decide(ready, error('REPO_NOT_FOUND'))).toMatchObject({ read: expect.any(String) as string, quietChecks: 4, attemptedCommitSha: A });
    expect(decide(failed('REPO_NOT_FOUND'), error('REPO_NOT_FOUND'))).toMatchObject({ read: null, quietChecks: 4 });
  });

  it('reads an app again whose repository has come back, at the same commit too', () => {
    for (const code of ['REPO_NOT_FOUND', 'REPO_AUTH_REQUIRED', 'REF_NOT_FOUND', 'REPO_EMPTY'] as const) {
      expect(decide(failed(code), at(A))).toMatchObject({ read: 'Its repository answers again', quietChecks: 4 });
    }
  });

  it('tries again, less and less often, what failed for a reason that may be over', () => {
    for (const code of ['REPO_TIMEOUT', 'REPO_UNREACHABLE', 'JOB_ABANDONED', 'INTERNAL'] as const) {
      expect(decide(failed(code), at(A))).toMatchObject({ read: expect.stringContaining('Tried again') as string, quietChecks: 4 });
    }
  });

  it('does not try a commit again that could not be read, and does try the next', () => {
    const broken = failed('DOCKERFILE_MISSING', { attemptedCommitSha: B });
    expect(decide(broken, at(B))).toMatchObject({ read: null, quietChecks: 4 });
    expect(decide(broken, at('c'.repeat(40)))).toMatchObject({ read: expect.stringContaining('New commit') as string, quietChecks: 0 });
  });

  it('reads the last good commit again that was pushed back over a bad one', () => {
    expect(decide(failed('DOCKERFILE_MISSING', { attemptedCommitSha: B }), at(A))).toMatchObject({ read: expect.any(String) as string, attemptedCommitSha: A });
  });

  it('reads one for the first time whose first reading failed before a commit was known', () => {
    expect(decide(failed('REPO_NOT_FOUND', { commitSha: null, attemptedCommitSha: null }), at(A))).toMatchObject({ read: expect.any(String) as string, attemptedCommitSha: A });
  });

  it('leaves an app alone that is being read', () => {
    for (const ingestStatus of ['pending', 'processing'] as const) {
      expect(decide({ ...ready, ingestStatus }, at(B))).toEqual({ read: null, quietChecks: 3, attemptedCommitSha: A });
      expect(decide({ ...ready, ingestStatus }, error('REPO_NOT_FOUND')).read).toBeNull();
    }
  });

  it('has apps read anew that older readers have read', () => {
    expect(decide(ready, at(A), '2026-2')).toMatchObject({ read: expect.any(String) as string, quietChecks: 4 });
    expect(decide({ ...ready, readBy: null }, at(A)).read).not.toBeNull();
    expect(decide({ ...ready, readBy: '2026-10' }, at(A), '2026-9').read).toBeNull();
    expect(decide(ready, at(A), null).read).toBeNull();
  });

  it('compares versions number by number', () => {
    expect([isNewer('2026-10', '2026-9'), isNewer('2026-9', '2026-10'), isNewer('2026-1', '2026-1'), isNewer('2027-1', '2026-12')]).toEqual([true, false, false, true]);
  });
});

describe('looks under a clock of their own', () => {
  const settings = { intervalMs: 900_000, maxIntervalMs: 86_400_000 };
  const HOUR = 3_600_000;

  /** How often a repository is asked within some time, and how often it is read, where its branch moves at these times. */
  function live(hours: number, pushes: readonly number[], answerAt: (now: number) => CheckAnswer | null = () => null) {
    let app: CheckedApp = { ...ready, quietChecks: 0 };
    let [looks, reads] = [0, 0];
    for (let now = settings.intervalMs; now <= hours * HOUR; now += refreshDelayMs(settings, app.quietChecks, 0.5)) {
      const commit = String(pushes.filter((push) => push * HOUR <= now).length).padStart(40, '0');
      const decision = decide(app, answerAt(now) ?? at(commit));
      looks++;
      app = { ...app, quietChecks: decision.quietChecks, attemptedCommitSha: decision.attemptedCommitSha };
      if (decision.read !== null) {
        reads++;
        app = { ...app, ingestStatus: 'ready', commitSha: commit };
      }
    }
    return { looks, reads };
  }

  it('are few at a repository that never changes', () => {
    // One reading that learns of the commit; then 15 min, 30 min, … a day.
    const { looks, reads } = live(24 * 30, []);
    expect(reads).toBe(1);
    expect(looks).toBeLessThan(45);
  });

  it('find each push, however quiet it was before', () => {
    // The first reading, and one for each time at which it was pushed to; two pushes between two looks are one.
    expect(live(24 * 30, [100, 200, 400, 400.1]).reads).toBe(4);
  });

  it('are no more than a few at a host that is away for a week', () => {
    const { looks, reads } = live(24 * 7, [], () => error('REPO_UNREACHABLE'));
    expect(reads).toBe(0);
    expect(looks).toBeLessThan(20);
  });
});
