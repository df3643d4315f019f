import { inputsKey } from './inputs-key';

const inputs = { commitSha: 'a'.repeat(40), dockerfilePath: 'Dockerfile', target: null, args: { A: '1', B: '2' } };

describe('the key of what a build begins with', () => {
  it('is the same in whatever order the arguments come', () => {
    expect(inputsKey({ ...inputs, args: { B: '2', A: '1' } })).toBe(inputsKey(inputs));
  });

  it.each([
    ['commit', { commitSha: 'b'.repeat(40) }],
    ['Dockerfile', { dockerfilePath: 'web/Dockerfile' }],
    ['target', { target: 'web' }],
    ['an argument', { args: { A: '1', B: '3' } }],
    ['one argument less', { args: { A: '1' } }],
  ])('tells another %s', (_what, other) => {
    expect(inputsKey({ ...inputs, ...other })).not.toBe(inputsKey(inputs));
  });

  it('takes no text for the boundary between two', () => {
    expect(inputsKey({ ...inputs, args: { A: '1","B' } })).not.toBe(inputsKey({ ...inputs, args: { A: '1', B: '' } }));
  });
});
