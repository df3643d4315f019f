import { ApiError } from '../api/api-error';
import { problemOf } from './query-problem';

const refused = (message: string) => new ApiError('QUERY_INVALID', message, 400);

describe('problemOf', () => {
  it('marks the clause at the place that the hub names', () => {
    expect(problemOf(refused('No app has the key "foo" (at position 7)'), 'chess foo:bar b')).toEqual({
      reason: 'No app has the key "foo"', before: 'chess ', wrong: 'foo:bar', after: ' b',
    });
    expect(problemOf(refused('The quotation mark is not closed (at position 7)'), 'chess "a b')).toMatchObject({ wrong: '"a b', after: '' });
  });

  it('says the reason also where the place is unknown or at the end', () => {
    expect(problemOf(refused('Too long'), 'abc')).toEqual({ reason: 'Too long', before: 'abc', wrong: '', after: '' });
    expect(problemOf(refused('More (at position 4)'), 'abc')).toMatchObject({ before: 'abc', wrong: '' });
  });

  it('tells of one that is too long, too', () => {
    const tooLong = new ApiError('VALIDATION_FAILED', 'q: at most 3 characters (at position 4)', 400, [{ path: 'q', message: 'at most 3 characters (at position 4)' }]);
    expect(problemOf(tooLong, 'abcd e')).toEqual({ reason: 'at most 3 characters', before: 'abc', wrong: 'd', after: ' e' });
    expect(problemOf(new ApiError('VALIDATION_FAILED', 'limit: too big', 400, [{ path: 'limit', message: 'too big' }]), 'abc')).toBeNull();
  });

  it('is not about other errors', () => {
    expect(problemOf(new ApiError('INTERNAL', 'x', 500), 'abc')).toBeNull();
    expect(problemOf(null, 'abc')).toBeNull();
  });
});
