import { DomainError, imageRemovalJob } from '@osiris/contracts';
import type { EngineImages, NameRemoval } from '@osiris/engine';
import { HandBack, type JobContext, type Logger } from '@osiris/service-kit';
import type { z } from 'zod';
import type { BuildEnv } from '../env';
import type { Sources } from '../sources/sources';
import type { HubImageNames } from './hub-image-names';
import { ImageRemovalWorker } from './image-removal.worker';

const OWN = 'osiris/a/b:aaaaaaaaaaaa-zzz9876543';
/** Of a build of another app, which found the image ready. */
const BORROWED = 'osiris/c/d:aaaaaaaaaaaa-zzz0000000';

function removal(remove: (reference: string) => Promise<NameRemoval>, keep?: string[]) {
  const labels = { 'io.osiris.build': 'bld_000zzz9876543' };
  const images = { listImages: () => Promise.resolve([{ references: [OWN, BORROWED, 'mine:1'], labels }]), removeDangling: () => Promise.resolve([]) } as unknown as EngineImages;
  const worker = new ImageRemovalWorker(images, { remove } as HubImageNames, { forget: () => Promise.resolve() } as unknown as Sources, { HUB_ID: 'hub' } as BuildEnv, { info: () => undefined } as unknown as Logger);
  return worker.remove({ payload: { appId: 'app_0123456789', references: ['a:1', 'b:1', 'c:1'], keep } } as JobContext<z.output<typeof imageRemovalJob.schema>>);
}

describe('the removal of images', () => {
  it('tries each, and comes again for those that are refused', async () => {
    const tried: string[] = [];
    const done = removal((reference) => {
      tried.push(reference);
      return reference === 'a:1' ? Promise.reject(new Error('(HTTP code 409) unexpected - image is being used by running container')) : Promise.resolve('removed');
    });
    await expect(done).rejects.toThrow('1 of 4 images cannot be removed yet: a:1: image is being used by running container');
    expect(tried).toEqual(['a:1', 'b:1', 'c:1', OWN]);
  });

  it('leaves what is to be kept, and names that its builds did not give', async () => {
    const tried: string[] = [];
    await removal((reference) => Promise.resolve(tried.push(reference)).then(() => 'untagged'), ['b:1', OWN]);
    expect(tried).toEqual(['a:1', 'c:1']);
  });

  it('waits where no engine answers', async () => {
    await expect(removal(() => Promise.reject(new DomainError('ENGINE_UNAVAILABLE', 'none')))).rejects.toBeInstanceOf(HandBack);
  });

  it('goes on trying for more than an hour', () => {
    const { maxAttempts, backoffMs } = imageRemovalJob;
    const waits = Array.from({ length: maxAttempts - 1 }, (_, at) => backoffMs[Math.min(at, backoffMs.length - 1)] ?? 0);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(3_600_000);
  });
});
