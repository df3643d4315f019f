import { appRegister, buildGet, buildJob, ingestJob, type JobDefinition, launchJob, leaseClaim } from '@osiris/contracts';
import type { z } from 'zod';
import { built, ingested } from './facts-of';
import { eventually, type TestHub, type Waited } from './hub';

let count = 0;

/** The steps of the main job that tests begin with. */
export class Steps {
  private readonly takenUp = new Set<string>();

  constructor(private readonly hub: TestHub) {}

  async register(more: { name?: string; tags?: string[] } = {}) {
    const repoUrl = `https://example.org/acme/app-${++count}`;
    const { app } = await this.hub.ask(appRegister, { repoUrl, ...more });
    const { payload } = await this.waitFor(ingestJob, (job) => job.appId === app.id);
    return { app, job: payload, repoUrl };
  }

  async buildJobOf(appId: string) {
    return (await this.waitFor(buildJob, (job) => job.appId === appId)).payload;
  }

  async launchJobOf(launchId: string, attempt = 1) {
    return (await this.waitFor(launchJob, (job) => job.launchId === launchId && job.attempt === attempt)).payload;
  }

  /** An app that is built. */
  async ready() {
    const { app, job, repoUrl } = await this.register();
    await ingested(this.hub, job);
    const build = await this.buildJobOf(app.id);
    await built(this.hub, build);
    await eventually(async () => expect((await this.hub.ask(buildGet, { id: build.buildId })).status).toBe('succeeded'));
    return { app, build, repoUrl };
  }

  /** The newest job of the kind that fits, as soon as there is one. Builds that others left behind are taken up: one at a time is offered. */
  async waitFor<S extends z.ZodType>(definition: JobDefinition<S>, fits: (payload: z.output<S>) => boolean): Promise<Waited<z.output<S>>> {
    return eventually(async () => {
      const found = (await this.hub.jobs(definition)).filter(({ payload }) => fits(payload)).at(-1);
      if (!found && definition.subject === buildJob.subject) await this.takeUpBuilds();
      if (!found) throw new Error(`No ${definition.subject} yet`);
      return found;
    });
  }

  private async takeUpBuilds(): Promise<void> {
    for (const { payload, messageId } of await this.hub.jobs(buildJob)) {
      if (this.takenUp.has(messageId)) continue;
      this.takenUp.add(messageId);
      await this.hub.ask(leaseClaim, { kind: 'build', id: payload.buildId, attempt: payload.attempt, worker: 'another' });
    }
  }
}
