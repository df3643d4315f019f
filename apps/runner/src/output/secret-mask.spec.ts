import { givenEnv, secretMask } from './secret-mask';

describe('secretMask', () => {
  it('takes values out, the longer one first where one holds another', () => {
    const mask = secretMask({ A: 'hunter22', B: 'hunter22-and-more' });
    expect(mask('key=hunter22-and-more, other=hunter22')).toBe('key=***, other=***');
  });

  it('leaves short values, which are words rather than secrets', () => {
    expect(secretMask({ DEBUG: 'on', PORT: '3000' })('listening on 3000')).toBe('listening on 3000');
  });

  it('masks each line of a value of several', () => {
    const mask = secretMask({ KEY: '-----BEGIN KEY-----\nabcdefgh\n-----END KEY-----' });
    expect(mask('abcdefgh')).toBe('***');
  });

  it('takes the value as text, not as a pattern', () => {
    expect(secretMask({ A: '.*.*.*.*' })('nothing to hide')).toBe('nothing to hide');
  });
});

describe('givenEnv', () => {
  it('is what the container has beyond its image', () => {
    expect(givenEnv({ PATH: '/bin', NODE_ENV: 'x', TOKEN: 's' }, { PATH: '/bin', NODE_ENV: 'production' })).toEqual({ NODE_ENV: 'x', TOKEN: 's' });
  });
});
