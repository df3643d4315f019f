import { FileTimes } from './file-times';

const blobs = (files: Record<string, string>): Map<string, string> => new Map(Object.entries(files));

it('keeps the time of a file for as long as its content stays', () => {
  const times = new FileTimes();
  const first = times.of('app', blobs({ a: '1', b: '1' }));
  const second = times.of('app', blobs({ a: '1', b: '2', c: '1' }));
  expect(second.get('a')).toBe(first.get('a'));
  expect(second.get('b')).not.toBe(first.get('b'));
  expect(second.get('c')).not.toBe(first.get('a'));
  // What was there once and came back is not known any more.
  expect(times.of('app', blobs({ b: '1' })).get('b')).not.toBe(first.get('b'));
});

it('knows nothing of another app, nor of files that other rules may have written', () => {
  const times = new FileTimes();
  const first = times.of('app', blobs({ a: '1', 'src/.gitattributes': '1' }));
  expect(times.of('other', blobs({ a: '1' })).get('a')).not.toBe(first.get('a'));
  expect(times.of('app', blobs({ a: '1', 'src/.gitattributes': '2' })).get('a')).not.toBe(first.get('a'));
});

it('forgets the app that was built longest ago where there are too many files', () => {
  const times = new FileTimes();
  const many = new Map(Array.from({ length: 60_000 }, (_, index) => [`${index}`, '1']));
  const [one, two] = [times.of('one', many), times.of('two', many)];
  expect(times.of('two', many).get('0')).toBe(two.get('0'));
  expect(times.of('one', many).get('0')).not.toBe(one.get('0'));
});
