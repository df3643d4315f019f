import { QueryError } from '../query/search-query';
import { CallChannel } from './call-channel';
import type { Call } from './messages';
import { SearchThreadBusy, SearchThreadLost, toThrown } from './thread-errors';

const EMPTY = { documents: 0, segments: [], terms: 0, tags: 0, bytes: 0 };

describe('calls to a worker', () => {
  let sent: (readonly Call[])[];
  let channel: CallChannel;
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
    sent = [];
    channel = new CallChannel((calls) => sent.push(calls));
  });
  afterEach(() => jest.useRealTimers());
  const ask = (patienceMs: number | null = 100) => channel.call('stats', undefined, { patienceMs });

  it('of one turn travel together, and each gets its own answer', async () => {
    const [one, two] = [ask(), channel.call('suggest', { text: 'a', limit: 1 }, { patienceMs: 100 })];
    expect(sent).toEqual([]);
    await Promise.resolve();
    expect(sent.map((calls) => calls.map(({ name }) => name))).toEqual([['stats', 'suggest']]);
    channel.receive([{ number: 2, value: [] }, { number: 1, value: EMPTY }]);
    expect(await Promise.all([one, two])).toEqual([EMPTY, []]);
  });

  it('reject with the error as it was thrown', async () => {
    const call = ask();
    channel.receive([{ number: 1, thrown: toThrown(new QueryError('No such key', 4)) }]);
    await expect(call).rejects.toEqual(new QueryError('No such key', 4));
  });

  it('are given up once patience is over, each in its time; changes wait as long as it takes', async () => {
    const change = channel.call('remove', [], { patienceMs: null });
    const first = expect(ask()).rejects.toBeInstanceOf(SearchThreadBusy);
    jest.advanceTimersByTime(80);
    const second = ask();
    jest.advanceTimersByTime(80);
    await first;
    channel.receive([{ number: 2, value: EMPTY }]); // too late, and heeded no more
    channel.receive([{ number: 3, value: EMPTY }, { number: 1, value: undefined }]);
    expect(await second).toBe(EMPTY);
    await change;
  });

  it('are refused at once where very many wait already', async () => {
    const waiting = Array.from({ length: 2_000 }, () => ask().catch((error: unknown) => error));
    await expect(ask()).rejects.toBeInstanceOf(SearchThreadBusy);
    channel.fail(new SearchThreadLost());
    expect((await Promise.all(waiting)).every((error) => error instanceof SearchThreadLost)).toBe(true);
    await expect(ask()).rejects.toBeInstanceOf(SearchThreadLost);
  });
});
