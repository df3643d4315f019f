import { Inject, Injectable } from '@nestjs/common';
import type { HeldImage, imageReview, imagesRemoved } from '@osiris/contracts';
import { ENV, type FactMeta } from '@osiris/service-kit';
import { type EntityManager, In, IsNull } from 'typeorm';
import type { z } from 'zod';
import { BuildEntity } from '../builds/build.entity';
import { BuildLifecycle } from '../builds/build-lifecycle';
import { Database } from '../database/database';
import { inList, select } from '../database/select';
import type { Env } from '../env';
import { Inbox } from '../outbox/inbox';
import { ImageEntity } from './image.entity';
import { type KnownBuild, removableImages } from './image-review';

/** As many values as one statement takes. */
const AT_ONCE = 256;

interface BuildRow {
  buildId: string;
  appId: string;
  digest: string | null;
  wanted: number | string;
  launched: number | string;
}

/** What the catalog says of the images that engines have. */
@Injectable()
export class Images {
  constructor(
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly builds: BuildLifecycle,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Which of these may go. */
  async review(held: readonly HeldImage[]): Promise<z.input<typeof imageReview.output>> {
    return this.database.read(async (manager) => {
      const images = await inPieces(held.map(({ reference }) => reference), (some) => manager.findBy(ImageEntity, { reference: In(some) }));
      const byReference = new Map(images.map(({ reference, buildId }) => [reference, buildId]));
      const buildOf = ({ reference, buildId }: HeldImage): string => byReference.get(reference) ?? buildId;
      return { removable: removableImages(held, await buildsOfApps(manager, held.map(buildOf)), buildOf, this.env.RETAIN_IMAGES) };
    });
  }

  /** A build whose image is gone cannot be launched any more, and its app's page says so at once. */
  async removed({ references }: z.output<typeof imagesRemoved.schema>, meta: FactMeta): Promise<void> {
    await this.inbox.once(meta, async (tx) => {
      const images = await inPieces(references, (some) => tx.manager.findBy(ImageEntity, { reference: In(some), removedAt: IsNull() }));
      for (const { buildId } of images) {
        await tx.manager.update(ImageEntity, { buildId }, { removedAt: tx.now });
        await this.builds.report(tx, await tx.manager.findOneByOrFail(BuildEntity, { id: buildId }));
      }
    });
  }
}

const KNOWN = `SELECT b.id AS "buildId", b.repository_id AS "appId", i.digest AS "digest",
  CASE WHEN b.status IN ('pending', 'running') OR EXISTS (SELECT 1 FROM builds w WHERE w.inputs_key = b.inputs_key AND w.status IN ('pending', 'running'))
    OR EXISTS (SELECT 1 FROM verifications v WHERE v.build_id = b.id AND v.status IN ('pending', 'running'))
    THEN 1 ELSE 0 END AS "wanted",
  CASE WHEN EXISTS (SELECT 1 FROM launches l WHERE l.repository_id = b.repository_id AND l.build_id = b.id AND l.status IN ('pending', 'starting', 'running', 'stopping'))
    THEN 1 ELSE 0 END AS "launched"
  FROM builds b LEFT JOIN images i ON i.build_id = b.id AND i.removed_at IS NULL`;

/** These builds, and of their apps all others that have an image: what is the newest is seen among all. */
async function buildsOfApps(manager: EntityManager, buildIds: readonly string[]): Promise<KnownBuild[]> {
  const read = (where: string) => (some: readonly string[]) => {
    const { marks, parameters } = inList(some);
    return select<BuildRow>(manager, `${KNOWN} WHERE ${where} IN (${marks})`, parameters);
  };
  const named = await inPieces(buildIds, read('b.id'));
  const others = await inPieces(named.map(({ appId }) => appId), read('i.digest IS NOT NULL AND b.repository_id'));
  const rows = new Map([...named, ...others].map((row) => [row.buildId, row]));
  return [...rows.values()].map((row) => ({ ...row, wanted: Number(row.wanted) === 1, launched: Number(row.launched) === 1 }));
}

async function inPieces<T, R>(values: readonly T[], read: (some: T[]) => Promise<R[]>): Promise<R[]> {
  const each = [...new Set(values)];
  const found: R[] = [];
  for (let at = 0; at < each.length; at += AT_ONCE) found.push(...(await read(each.slice(at, at + AT_ONCE))));
  return found;
}
