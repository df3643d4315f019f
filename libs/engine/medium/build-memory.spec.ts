import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failureOf, realBuilds, unique } from './real-builds';

const { build, end } = realBuilds(`test-memory-${process.pid}`);
const LIMIT = 64 * 1024 * 1024;

/** Set where the tests run an engine of their own: then all builds run in a group whose limit can be lowered for a while. */
const cgroup = process.env['BUILD_MEMORY_CGROUP'];

afterAll(end);

jest.setTimeout(60_000);

/** Takes memory until it gets none. */
const EATS = `node -e "const all = []; for (;;) all.push(Buffer.alloc(8e6, 1))"`;
/** Not the first process: that one cannot kill itself. */
const KILLED = "(sh -c 'kill -9 $$'); exit $?";
const eater = (command: string): string => `FROM node:20-slim\nRUN echo ${unique()}; ${command}\n`;

describe('the classic builder, with a limit for each step', () => {
  it('tells want of memory, certain by the engine’s own events', async () => {
    const failure = failureOf(await build(eater(EATS), { builder: 'classic', memoryBytes: LIMIT }));
    expect(failure).toMatchObject({ code: 'BUILD_OUT_OF_MEMORY', exitCode: 137, stepId: 2, step: expect.stringContaining('RUN echo') as string });
    expect(failure?.message).not.toContain('probably');
  });

  it('tells a program that was killed within a shell that goes on', async () => {
    expect(failureOf(await build(eater(`${EATS} || (echo Killed; exit 5)`), { builder: 'classic', memoryBytes: LIMIT }))).toMatchObject({ code: 'BUILD_OUT_OF_MEMORY', exitCode: 5 });
  });

  it('a step that kills itself has not run out of memory', async () => {
    expect(failureOf(await build(eater(KILLED), { builder: 'classic' }))).toMatchObject({ code: 'RUN_FAILED', exitCode: 137 });
  });
});

describe('BuildKit', () => {
  it('without a counter, says what a kill probably means', async () => {
    expect(failureOf(await build(eater(KILLED), { memoryCgroup: '/nonexistent' }))).toMatchObject({ code: 'BUILD_OUT_OF_MEMORY', message: expect.stringContaining('probably') as string });
  });

  // An engine that the tests did not start has no group that they may limit.
  (cgroup ? describe : describe.skip)('with its control group', () => {
    const limitFile = join(cgroup ?? '', 'memory.limit_in_bytes');
    const maxFile = join(cgroup ?? '', 'memory.max');
    let file = limitFile;
    let before = '';
    beforeAll(async () => {
      before = await readFile(limitFile, 'utf8').catch(() => {
        file = maxFile;
        return readFile(maxFile, 'utf8');
      });
      await writeFile(file, String(LIMIT));
    });
    afterAll(() => writeFile(file, before.trim()));

    it('tells want of memory, certain by the kernel’s count', async () => {
      const failure = failureOf(await build(eater(EATS), { memoryCgroup: cgroup }));
      expect(failure).toMatchObject({ code: 'BUILD_OUT_OF_MEMORY', exitCode: 137, step: expect.stringContaining('RUN echo') as string });
      expect(failure?.message).not.toContain('probably');
    });

    it('a step that kills itself has not run out of memory', async () => {
      expect(failureOf(await build(eater(KILLED), { memoryCgroup: cgroup }))).toMatchObject({ code: 'RUN_FAILED', exitCode: 137 });
    });
  });
});
