import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ENV, LOGGER, type Logger, runWithTrace } from '@osiris/service-kit';
import { In } from 'typeorm';
import { BuildEntity } from '../builds/build.entity';
import { Database } from '../database/database';
import { select } from '../database/select';
import type { Env } from '../env';
import { Interval } from '../lifecycle/interval';
import { VerificationEntity } from './verification.entity';
import { VerificationLifecycle } from './verification-lifecycle';

const LOOK_EVERY_MS = 10_000;
/** Runs that are waited for before the next are asked for: what is built now goes first. */
const AT_ONCE = 4;

/** Where nobody wants them to be looked at, it is only noted. */
const NOTED_AT_ONCE = 500;

/** Each app's newest image, where nobody has looked at it: it was built by a version of the hub that did not. */
const UNSEEN = `SELECT i.build_id AS "buildId", i.reference AS "reference" FROM images i JOIN builds b ON b.id = i.build_id
  WHERE i.removed_at IS NULL AND i.build_id = (SELECT MAX(n.build_id) FROM images n WHERE n.repository_id = i.repository_id AND n.removed_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM verifications v WHERE v.build_id = i.build_id) ORDER BY i.build_id DESC LIMIT ?`;

/** Has images looked at that are older than such looks, a few at a time, the newest first. */
@Injectable()
export class LateVerifications implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly interval: Interval;

  constructor(
    private readonly database: Database,
    private readonly verifications: VerificationLifecycle,
    @Inject(ENV) private readonly env: Env,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.interval = new Interval(LOOK_EVERY_MS, () => this.round(), logger, 'Images that were never seen running could not be looked for');
  }

  onApplicationBootstrap(): void {
    this.interval.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.interval.stop();
  }

  async round(): Promise<void> {
    const unseen = await this.database.read(async (manager) => {
      const waiting = await manager.countBy(VerificationEntity, { status: In(['pending', 'running']) });
      const next = this.env.VERIFY_BUILDS ? AT_ONCE - waiting : NOTED_AT_ONCE;
      return next <= 0 ? [] : select<{ buildId: string; reference: string }>(manager, UNSEEN, [next]);
    });
    if (unseen.length === 0) return;
    await runWithTrace(undefined, () =>
      this.database.write(async (tx) => {
        for (const { buildId, reference } of unseen) {
          const build = await tx.manager.findOneBy(BuildEntity, { id: buildId });
          if (build) await this.verifications.begin(tx, build, reference);
        }
      }),
    );
  }
}
