import { ApiError } from '../api/api-error';
import { emptyForm, fieldErrors, requestOf } from './register-form';

describe('requestOf', () => {
  it('leaves out what is not given', () => {
    expect(requestOf({ ...emptyForm, repoUrl: ' https://a.example/b ' })).toEqual({ repoUrl: 'https://a.example/b' });
  });

  it('reads tags between blanks and commas, quoted where they have blanks, and passes on what is none', () => {
    expect(requestOf({ ...emptyForm, repoUrl: 'x', tags: 'kind:game, mood:"very calm" nonsense' }).tags).toEqual(['kind:game', 'mood:very calm', 'nonsense']);
  });
});

describe('fieldErrors', () => {
  it('puts an error beside its field', () => {
    const detailed = new ApiError('VALIDATION_FAILED', 'no', 400, [{ path: 'tags.0', message: 'a tag is written key:value' }]);
    expect(fieldErrors(detailed)).toEqual({ tags: 'a tag is written key:value' });
    expect(fieldErrors(new ApiError('REPO_URL_INVALID', 'Not an address.', 400)).repoUrl).toMatch(/^Not an address\. Use/);
    expect(fieldErrors(ApiError.noAnswer()).form).toMatch(/does not answer/);
    expect(fieldErrors(null)).toEqual({});
  });
});
