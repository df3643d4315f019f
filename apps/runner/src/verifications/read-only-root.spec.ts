import { complainsOfReadOnlyRoot } from './read-only-root';

it.each(["Error: EROFS: read-only file system, open '/app/data.db'", 'nginx: [emerg] mkdir() failed (30: Read-only file system)', 'OSError: [Errno 30] Read-only file system'])('hears %s', (line) => {
  expect(complainsOfReadOnlyRoot(['listening', line])).toBe(true);
});

it('hears nothing in what is said otherwise', () => {
  expect(complainsOfReadOnlyRoot(['opened in read-only mode', 'file system watcher started', 'ZEROFSX'])).toBe(false);
});
