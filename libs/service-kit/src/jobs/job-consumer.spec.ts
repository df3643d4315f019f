import { DomainError } from '@osiris/contracts';
import { HandBack } from './job-context';
import { consequenceOf, withoutSecrets } from './job-consumer';

const definition = { maxAttempts: 4, backoffMs: [1_000, 5_000] };

describe('consequenceOf', () => {
  test.each([
    [1, 1_000],
    [2, 5_000],
    [3, 5_000],
  ])('delivery %i of a retryable failure comes again after %i ms', (delivery, delayMs) => {
    expect(consequenceOf(new DomainError('REPO_TIMEOUT', 'slow'), delivery, definition)).toEqual({ action: 'retry', delayMs });
    expect(consequenceOf(new TypeError('bug'), delivery, definition)).toEqual({ action: 'retry', delayMs });
  });

  test('the last delivery gives up with the error, an unexpected one without its message', () => {
    expect(consequenceOf(new DomainError('REPO_TIMEOUT', 'slow'), 4, definition)).toEqual({
      action: 'give-up',
      error: { code: 'REPO_TIMEOUT', message: 'slow' },
    });
    expect(consequenceOf(new TypeError('/root/secret'), 4, definition)).toMatchObject({ action: 'give-up', error: { code: 'JOB_ABANDONED' } });
  });

  test('a failure that retrying cannot mend gives up at once', () => {
    expect(consequenceOf(new DomainError('REPO_EMPTY', 'no commit'), 1, definition).action).toBe('give-up');
  });

  test('a hand-back comes again at any delivery', () => {
    expect(consequenceOf(new HandBack(42, 'no engine'), 99, definition)).toEqual({ action: 'hand-back', delayMs: 42 });
  });
});

test('a dead letter keeps no secret of its job', () => {
  const kept = JSON.stringify(withoutSecrets({ launchId: 'lch_1', env: { KEY: 'hunter2' }, repoUrl: 'https://me:hunter2@host/x.git' }));
  expect(kept).not.toContain('hunter2');
  expect(kept).toContain('lch_1');
});
