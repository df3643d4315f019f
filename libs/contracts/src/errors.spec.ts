import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError, ERROR_CODES, type ErrorCode, isErrorCode } from './errors';

interface Row {
  code: string;
  status: number;
  retryable: boolean;
  meaning: string;
  remedy: string;
}

/** The rows of the tables of docs/errors.md. */
function documented(): Row[] {
  const text = readFileSync(join(__dirname, '../../../docs/errors.md'), 'utf8');
  return [...text.matchAll(/^\| `([A-Z_]+)` \| (\d{3}) \| (yes|no) \| (.+?) \| (.+?) \|$/gm)].map(
    ([, code = '', status, retry, meaning = '', remedy = '']) => ({ code, status: Number(status), retryable: retry === 'yes', meaning, remedy }),
  );
}

describe('error codes', () => {
  const rows = documented();

  it('are the same set here and in docs/errors.md, each once', () => {
    expect(rows.map((row) => row.code).sort()).toEqual(Object.keys(ERROR_CODES).sort());
  });

  it.each(rows)('$code: status and retry are documented as they are', ({ code, status, retryable, meaning, remedy }) => {
    expect(ERROR_CODES[code as ErrorCode]).toMatchObject({ status, retryable });
    expect(meaning.length).toBeGreaterThan(10);
    expect(remedy.length).toBeGreaterThan(3);
  });

  it('knows a code from any other string', () => {
    expect(isErrorCode('NO_CAPACITY')).toBe(true);
    expect(isErrorCode('toString')).toBe(false);
    expect(isErrorCode(undefined)).toBe(false);
  });

  it('tells by the code whether trying again can help', () => {
    expect(new DomainError('REPO_UNREACHABLE', 'no answer').retryable).toBe(true);
    expect(new DomainError('REPO_EMPTY', 'no commit').retryable).toBe(false);
  });
});
