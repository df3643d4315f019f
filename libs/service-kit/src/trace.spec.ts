import { currentTraceId, currentTraceparent, isTraceparent, newTraceparent, runWithTrace } from './trace';

const given = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('traces', () => {
  test('what runs under a trace sees it, also after waiting', async () => {
    await runWithTrace(given, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      expect(currentTraceparent()).toBe(given);
      expect(currentTraceId()).toBe('0af7651916cd43dd8448eb211c80319c');
    });
    expect(currentTraceparent()).toBeUndefined();
  });

  test.each([undefined, 'x', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, `${given}-more`])('%s begins a new trace', (bad) => {
    runWithTrace(bad, () => expect(isTraceparent(currentTraceparent())).toBe(true));
  });

  test('new ones are valid and differ', () => {
    expect(isTraceparent(newTraceparent())).toBe(true);
    expect(newTraceparent()).not.toBe(newTraceparent());
  });
});
