import { SigningKeys } from './signing-keys';

const OLD = 'o'.repeat(32);
const NEW = 'n'.repeat(40);

describe('SigningKeys', () => {
  it('verifies what any of its keys signed, and signs with the first', () => {
    const before = new SigningKeys([OLD]).sign('artifact-upload', 'text');
    const rotated = new SigningKeys([NEW, OLD]);
    expect(rotated.verify('artifact-upload', 'text', before)).toBe(true);
    const after = rotated.sign('artifact-upload', 'text');
    expect(after).not.toBe(before);
    expect(new SigningKeys([OLD]).verify('artifact-upload', 'text', after)).toBe(false);
  });

  it('does not take a signature made for another purpose or text', () => {
    const keys = new SigningKeys([NEW]);
    const signature = keys.sign('artifact-upload', 'text');
    expect(keys.verify('artifact-download', 'text', signature)).toBe(false);
    expect(keys.verify('artifact-upload', 'texts', signature)).toBe(false);
  });

  it.each(['', 'x', '!!!!', 'A'.repeat(43)])('refuses the signature %j', (signature) => {
    expect(new SigningKeys([NEW]).verify('artifact-upload', 'text', signature)).toBe(false);
  });

  it('refuses another spelling of the right signature', () => {
    const keys = new SigningKeys([NEW]);
    expect(keys.verify('artifact-upload', 'text', `${keys.sign('artifact-upload', 'text')}=`)).toBe(false);
  });

  it.each([[[]], [['short']], [[NEW, 'x'.repeat(31)]]])('refuses the keys %j', (keys) => {
    expect(() => new SigningKeys(keys)).toThrow('at least 32');
  });
});
