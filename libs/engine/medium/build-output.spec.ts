import { failureOf, realBuilds, unique } from './real-builds';

const { build, end } = realBuilds(`test-output-${process.pid}`);
jest.setTimeout(60_000);

const LINES = 200_000;
const LINE = 'x'.repeat(93);

afterAll(end);

it.each(['buildkit', 'classic'] as const)('20 MB of output pass through whole, in order, and take no more memory than a slow reader leaves (%s)', async (builder) => {
  let count = 0;
  let outOfOrder = 0;
  let peak = 0;
  let clipped = false;
  const held = process.memoryUsage.rss();
  const run = await build(`FROM busybox\nRUN echo ${unique()}; seq -f "%.0f ${LINE}" 1 ${LINES} 2>/dev/null || awk 'BEGIN { for (i = 1; i <= ${LINES}; i++) print i " ${LINE}" }'\n`, {
    builder,
    onLine: async ({ stream, text }) => {
      if (text.includes('[output clipped')) clipped = true;
      if (stream !== 'stdout' || !text.endsWith(LINE)) return;
      count++;
      if (Number.parseInt(text, 10) !== count) outOfOrder++;
      if (count % 1_000 !== 0) return;
      peak = Math.max(peak, process.memoryUsage.rss());
      await new Promise((resolve) => setImmediate(resolve));
    },
  });
  expect(failureOf(run)).toBeUndefined();
  expect(outOfOrder).toBe(0);
  // An engine that the hub did not start cuts the output of a step, and says so.
  if (!clipped) expect(count).toBe(LINES);
  expect(peak - held).toBeLessThan(150 * 1024 * 1024);
});

it('lines come while the command runs, with the time at which they were printed', async () => {
  const seen: number[] = [];
  const run = await build(`FROM busybox\nRUN echo first ${unique()}; sleep 1; echo second\n`, {
    onLine: ({ text, at }) => {
      if (/^(first|second)/.test(text)) seen.push(at ?? 0);
    },
  });
  expect(run.outcome.status).toBe('succeeded');
  // By the builder's clock, not by when they were handed on.
  expect((seen[1] ?? 0) - (seen[0] ?? 0)).toBeGreaterThanOrEqual(950);
});
