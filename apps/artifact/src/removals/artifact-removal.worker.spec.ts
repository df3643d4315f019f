import { DomainError } from '@osiris/contracts';
import { HandBack, type JobContext, type Logger } from '@osiris/service-kit';
import { FakeObjectStore } from '../../medium/fake-object-store';
import { ArtifactRemovalWorker } from './artifact-removal.worker';

const logger = { info: jest.fn(), warn: jest.fn() } as unknown as Logger;
const artifacts = ['one', 'two', 'three'].map((name) => ({ id: `art_${name}`, objectKey: `artifacts/app_1/art_${name}` }));
const context = (signal = new AbortController().signal) => ({ payload: { appId: 'app_1', artifacts }, signal }) as unknown as JobContext<{ appId: string; artifacts: typeof artifacts }>;

describe('ArtifactRemovalWorker', () => {
  let store: FakeObjectStore;
  let worker: ArtifactRemovalWorker;
  beforeEach(() => {
    store = new FakeObjectStore();
    for (const { objectKey } of artifacts) store.objects.set(objectKey, Buffer.from('x'));
    store.objects.set('artifacts/app_2/art_other', Buffer.from('x'));
    worker = new ArtifactRemovalWorker(store, logger);
  });

  it('removes what it is told to and nothing else, twice with the same outcome', async () => {
    await worker.remove(context());
    await worker.remove(context());
    expect([...store.objects.keys()]).toEqual(['artifacts/app_2/art_other']);
  });

  it('goes on after an object that cannot be removed, and then fails, to be tried again', async () => {
    store.failing('delete', new Error('EPERM'), 1);
    await expect(worker.remove(context())).rejects.toThrow('EPERM');
    expect([...store.objects.keys()]).toEqual(['artifacts/app_1/art_one', 'artifacts/app_2/art_other']);
    await worker.remove(context());
    expect([...store.objects.keys()]).toEqual(['artifacts/app_2/art_other']);
  });

  it('hands the job back while the store is away, and ends it later', async () => {
    store.failing('delete', new DomainError('STORE_UNAVAILABLE', 'away'), 1);
    await expect(worker.remove(context())).rejects.toBeInstanceOf(HandBack);
    await worker.remove(context());
    expect(store.objects.size).toBe(1);
  });

  it('stops between two objects where the service ends', async () => {
    await expect(worker.remove(context(AbortSignal.abort(new Error('ending'))))).rejects.toThrow('ending');
    expect(store.objects.size).toBe(4);
  });
});
