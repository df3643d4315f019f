import { chooseRemoteRef, parseLsRefs, parseLsRemote } from './remote-refs';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const C = 'c'.repeat(40);

describe('remote refs', () => {
  it('names the branch behind HEAD', () => {
    expect(chooseRemoteRef(parseLsRemote(`ref: refs/heads/trunk\tHEAD\n${A}\tHEAD\n`), null)).toEqual({ commitSha: A, fullName: 'refs/heads/trunk', shortName: 'trunk' });
  });

  it('takes a branch before a tag, and the commit behind an annotated tag', () => {
    const listing = parseLsRemote(`${A}\trefs/heads/v1\n${B}\trefs/tags/v1\n${B}\trefs/tags/v2\n${C}\trefs/tags/v2^{}\n`);
    expect(chooseRemoteRef(listing, 'v1')?.fullName).toBe('refs/heads/v1');
    expect(chooseRemoteRef(listing, 'v2')).toEqual({ commitSha: C, fullName: 'refs/tags/v2', shortName: 'v2' });
  });

  it('does not take a branch whose name merely ends the same', () => {
    expect(chooseRemoteRef(parseLsRemote(`${A}\trefs/heads/x/refs/heads/v1\n`), 'v1')).toBeNull();
  });

  it('falls back to main where HEAD points nowhere', () => {
    expect(chooseRemoteRef(parseLsRemote(`${A}\trefs/heads/dev\n${B}\trefs/heads/main\n`), null)?.shortName).toBe('main');
    expect(chooseRemoteRef(parseLsRemote(`${A}\trefs/heads/dev\n${B}\trefs/heads/next\n`), null)).toBeNull();
  });
});

describe('parseLsRefs', () => {
  const sha = (digit: string): string => digit.repeat(40);

  it('reads names, what HEAD is, and the commit behind a tag', () => {
    const { refs, head } = parseLsRefs([`${sha('1')} HEAD symref-target:refs/heads/main`, `${sha('1')} refs/heads/main`, `${sha('2')} refs/tags/v1 peeled:${sha('3')}`]);
    expect(head).toBe('refs/heads/main');
    expect([...refs]).toEqual([['HEAD', sha('1')], ['refs/heads/main', sha('1')], ['refs/tags/v1', sha('3')]]);
  });

  it('passes over what it does not know', () => {
    expect(parseLsRefs(['unborn HEAD symref-target:refs/heads/main', 'ERR no', '', sha('1')])).toEqual({ refs: new Map(), head: null });
  });
});
