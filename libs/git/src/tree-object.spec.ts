import { treeEntries } from './tree-object';

const oid = (digit: string): string => digit.repeat(40);
const entry = (mode: string, name: string, id = oid('1')): Buffer => Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]);
const entriesOf = (...parts: Buffer[]) => [...treeEntries(Buffer.concat(parts), 20)];

describe('treeEntries', () => {
  it('tells files, folders, links and submodules apart', () => {
    const tree = [entry('100644', 'a'), entry('100755', 'b'), entry('100664', 'c'), entry('40000', 'd'), entry('120000', 'e'), entry('160000', 'f'), entry('1', 'g')];
    expect(entriesOf(...tree).map(({ name, kind }) => `${name} ${kind}`)).toEqual(['a file', 'b file', 'c file', 'd tree', 'e link', 'f submodule', 'g unknown']);
  });

  it('takes names as they are, and ids of either length', () => {
    expect(entriesOf(entry('100644', 'a\nb c', oid('0')))).toEqual([{ name: 'a\nb c', kind: 'file', oid: oid('0') }]);
    const long = 'ab'.repeat(32);
    expect([...treeEntries(entry('100644', 'ü', long), 32)]).toEqual([{ name: 'ü', kind: 'file', oid: long }]);
  });

  it.each(['', '.', '..', '.git', '.GIT', 'a/b', '../x'])('passes over %j, which no folder can hold', (name) => {
    expect(entriesOf(entry('100644', name), entry('100644', 'next')).map((one) => one.name)).toEqual(['next']);
  });

  it.each([
    ['no mode', Buffer.from('abc')],
    ['no end of the name', Buffer.from('100644 abc')],
    ['half an id', Buffer.concat([Buffer.from('100644 abc\0'), Buffer.alloc(10)])],
    ['zeros', Buffer.alloc(1_000)],
  ])('stops at what is broken: %s', (_, broken) => expect(entriesOf(entry('100644', 'a'), broken).map(({ name }) => name)).toEqual(['a']));
});
