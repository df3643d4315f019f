import { KeyedLock } from './keyed-lock';

describe('KeyedLock', () => {
  it('runs work of one key in order, also after a failure, and other keys meanwhile', async () => {
    const lock = new KeyedLock();
    const said: string[] = [];
    let release = (): void => undefined;
    const first = lock.run('a', async () => {
      await new Promise<void>((resolve) => (release = resolve));
      said.push('a1');
      throw new Error('no');
    });
    const second = lock.run('a', async () => said.push('a2'));
    await lock.run('b', async () => said.push('b'));
    release();
    await expect(first).rejects.toThrow('no');
    await second;
    expect(said).toEqual(['b', 'a1', 'a2']);
  });
});
