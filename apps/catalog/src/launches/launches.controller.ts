import { Controller } from '@nestjs/common';
import { type Launch, launchActivity, launchCreate, launchExtend, launchGet, launchList, launchReconcile, launchRestart, launchStop } from '@osiris/contracts';
import { HandlesRequest } from '@osiris/service-kit';
import type { z } from 'zod';
import { LaunchIdle } from './launch-idle';
import { LaunchReconciliation } from './launch-reconciliation';
import { LaunchesService } from './launches.service';

@Controller()
export class LaunchesController {
  constructor(
    private readonly launches: LaunchesService,
    private readonly reconciliation: LaunchReconciliation,
    private readonly idle: LaunchIdle,
  ) {}

  @HandlesRequest(launchCreate)
  create(input: z.output<typeof launchCreate.input>): Promise<Launch> {
    return this.launches.create(input);
  }

  @HandlesRequest(launchGet)
  get({ id }: z.output<typeof launchGet.input>): Promise<Launch> {
    return this.launches.get(id);
  }

  @HandlesRequest(launchList)
  list(input: z.output<typeof launchList.input>): Promise<z.input<typeof launchList.output>> {
    return this.launches.list(input);
  }

  @HandlesRequest(launchExtend)
  extend(input: z.output<typeof launchExtend.input>): Promise<Launch> {
    return this.launches.extend(input);
  }

  @HandlesRequest(launchRestart)
  restart(input: z.output<typeof launchRestart.input>): Promise<Launch> {
    return this.launches.restart(input);
  }

  @HandlesRequest(launchStop)
  stop({ id }: z.output<typeof launchStop.input>): Promise<Launch> {
    return this.launches.stop(id);
  }

  @HandlesRequest(launchActivity)
  async activity({ items }: z.output<typeof launchActivity.input>): Promise<z.input<typeof launchActivity.output>> {
    await this.idle.used(items);
    return {};
  }

  @HandlesRequest(launchReconcile)
  reconcile(input: z.output<typeof launchReconcile.input>): Promise<z.input<typeof launchReconcile.output>> {
    return this.reconciliation.reconcile(input);
  }
}
