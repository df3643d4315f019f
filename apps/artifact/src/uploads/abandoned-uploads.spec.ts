import { DomainError } from '@osiris/contracts';
import type { Logger } from '@osiris/service-kit';
import { FakeObjectStore } from '../../medium/fake-object-store';
import { AbandonedUploads } from './abandoned-uploads';

describe('AbandonedUploads', () => {
  const logger = { info: jest.fn(), warn: jest.fn() };
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('looks at start and every hour, for what is older than a day, also after a failure', async () => {
    const store = new FakeObjectStore();
    const looked = jest.spyOn(store, 'removeAbandoned').mockRejectedValueOnce(new DomainError('STORE_UNAVAILABLE', 'away')).mockResolvedValue(2);
    const sweeps = new AbandonedUploads(store, logger as unknown as Logger);
    sweeps.onModuleInit();
    await jest.advanceTimersByTimeAsync(0);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(looked).toHaveBeenCalledTimes(2);
    expect(looked).toHaveBeenLastCalledWith(new Date(Date.now() - 24 * 3_600_000));
    expect(logger.info).toHaveBeenCalledWith({ uploads: 2 }, expect.any(String));
    sweeps.onModuleDestroy();
    await jest.advanceTimersByTimeAsync(10 * 3_600_000);
    expect(looked).toHaveBeenCalledTimes(2);
  });
});
