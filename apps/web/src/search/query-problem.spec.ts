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

  it('is not about other errors', () => {
    expect(problemOf(new ApiError('INTERNAL', 'x', 500), 'abc')).toBeNull();
    expect(problemOf(null, 'abc')).toBeNull();
  });
});
