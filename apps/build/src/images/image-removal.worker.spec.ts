import { DomainError, imageRemovalJob } from '@osiris/contracts';
import type { EngineImages } from '@osiris/engine';
import { HandBack, type JobContext, type Logger } from '@osiris/service-kit';
import type { z } from 'zod';
import type { BuildEnv } from '../env';
import { ImageRemovalWorker } from './image-removal.worker';

function removal(removeImage: (reference: string) => Promise<boolean>) {
  const images = { listImages: () => Promise.resolve([]), removeImage } as unknown as EngineImages;
  const worker = new ImageRemovalWorker(images, { HUB_ID: 'hub' } as BuildEnv, { info: () => undefined } as unknown as Logger);
  return worker.remove({ payload: { appId: 'app_0123456789', references: ['a:1', 'b:1', 'c:1'] } } as JobContext<z.output<typeof imageRemovalJob.schema>>);
}

describe('the removal of images', () => {
  it('tries each, and comes again for those that are refused', async () => {
    const tried: string[] = [];
    const done = removal((reference) => {
      tried.push(reference);
      return reference === 'a:1' ? Promise.reject(new Error('(HTTP code 409) unexpected - image is being used by running container')) : Promise.resolve(true);
    });
    await expect(done).rejects.toThrow('1 of 3 images cannot be removed yet: a:1: image is being used by running container');
    expect(tried).toEqual(['a:1', 'b:1', 'c:1']);
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
