import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { boundByShell, boundByTimeout, type Command, runBounded } from '../src/git-process';

describe.each([
  ['timeout', boundByTimeout],
  ['a shell', boundByShell],
])('bounded by %s', (_, bound) => {
  const never = new AbortController().signal;
  const run = (command: Command, limitMs: number, signal = never) => runBounded(command, { env: { PATH: process.env['PATH'] }, cwd: tmpdir(), signal, limitMs }, bound);
  const running = (marker: string): boolean => execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).includes(marker);

  it('a command ends by itself and leaves nothing, also where nobody is there to abort it', async () => {
    // As git does with its helpers: a child of its own.
    const { exitCode } = await run(['sh', '-c', 'sleep 7431 & sleep 7431'], 1_000);
    expect(exitCode).not.toBe(0);
    expect(running('sleep 7431')).toBe(false);
  });

  it('a command is killed with its group on abort, and how it ends by itself is handed through', async () => {
    const controller = new AbortController();
    const killed = run(['sh', '-c', 'sleep 7432 & sleep 7432'], 60_000, controller.signal);
    setTimeout(() => controller.abort(new Error('canceled')), 200);
    await expect(killed).rejects.toThrow('canceled');
    expect(running('sleep 7432')).toBe(false);
    expect(await run(['sh', '-c', 'echo out; echo err >&2; exit 3'], 60_000)).toEqual({ exitCode: 3, stdout: 'out\n', stderr: 'err\n', truncated: false });
  });
});
