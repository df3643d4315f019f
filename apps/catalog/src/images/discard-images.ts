import { type Image, imageRemovalJob } from '@osiris/contracts';
import { In } from 'typeorm';
import type { Transaction } from '../database/database';
import type { Outbox } from '../outbox/outbox';
import { ImageEntity } from './image.entity';

/**
 * Has names of images removed that an app no longer wants. Other builds, of this app and of others, may know the same
 * images by names of their own: these stay, and with them the images.
 */
export async function discardImages(tx: Transaction, outbox: Outbox, appId: string, images: readonly Pick<Image, 'reference' | 'digest'>[]): Promise<void> {
  if (images.length === 0) return;
  const references = new Set(images.map(({ reference }) => reference));
  const same = await tx.manager.findBy(ImageEntity, { digest: In([...new Set(images.map(({ digest }) => digest))]) });
  const keep = same.filter(({ reference, removedAt }) => removedAt === null && !references.has(reference)).map(({ reference }) => reference);
  await outbox.job(tx, imageRemovalJob, appId, { appId, references: [...references], ...(keep.length > 0 ? { keep } : {}) });
}
