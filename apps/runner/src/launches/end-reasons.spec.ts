import { endReason, excerpt } from './end-reasons';

const state = { exitCode: 1, outOfMemory: false, memoryBytes: 512 * 1024 * 1024 };

describe('endReason', () => {
  it('tells the exit code and the last output', () => {
    expect(endReason(state, ['Error: no database', '  at main'], false)).toEqual({
      code: 'APP_EXITED',
      message: 'The app ended with exit code 1 before it answered. Its last output:\nError: no database\n  at main',
    });
  });

  it('names the signal behind a code above 128', () => {
    expect(endReason({ ...state, exitCode: 139 }, [], true).message).toBe('The app ended with exit code 139 (SIGSEGV) while it was running. It printed nothing.');
  });

  it('explains a command that simply ended', () => {
    expect(endReason({ ...state, exitCode: 0 }, ['done'], false).message).toContain('A preview needs a server that keeps running');
  });

  it('tells memory and what would mend it', () => {
    expect(endReason({ ...state, exitCode: 137, outOfMemory: true }, [], true)).toEqual({
      code: 'OUT_OF_MEMORY',
      message: 'The app needed more than its 512 MiB of memory. Launch it with a larger profile.',
    });
  });

  it('tells a container that somebody removed', () => {
    expect(endReason(undefined, [], true).code).toBe('CONTAINER_GONE');
  });
});

describe('excerpt', () => {
  it('keeps the newest where there is too much, without colours and empty lines', () => {
    expect(excerpt(['\u001b[31mred\u001b[0m', '', 'plain'])).toBe(' Its last output:\nred\nplain');
    const long = excerpt(['x'.repeat(5_000), 'the end']);
    expect(long.length).toBeLessThan(1_600);
    expect(long.endsWith('the end')).toBe(true);
  });
});
