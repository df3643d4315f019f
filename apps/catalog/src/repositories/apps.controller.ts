import { Controller } from '@nestjs/common';
import { type App, appDelete, appGet, appHistory, appRegister, appRetry, appUpdate } from '@osiris/contracts';
import { HandlesRequest } from '@osiris/service-kit';
import type { z } from 'zod';
import { AppRemoval } from './app-removal';
import { AppsService } from './apps.service';
import { HistoryService } from './history.service';

@Controller()
export class AppsController {
  constructor(
    private readonly apps: AppsService,
    private readonly removal: AppRemoval,
    private readonly history: HistoryService,
  ) {}

  @HandlesRequest(appRegister)
  register(input: z.output<typeof appRegister.input>): Promise<z.input<typeof appRegister.output>> {
    return this.apps.register(input);
  }

  @HandlesRequest(appGet)
  get({ id }: z.output<typeof appGet.input>): Promise<App> {
    return this.apps.get(id);
  }

  @HandlesRequest(appUpdate)
  update(input: z.output<typeof appUpdate.input>): Promise<App> {
    return this.apps.update(input);
  }

  @HandlesRequest(appRetry)
  retry(input: z.output<typeof appRetry.input>): Promise<App> {
    return this.apps.retry(input);
  }

  @HandlesRequest(appDelete)
  async remove({ id }: z.output<typeof appDelete.input>): Promise<Record<string, never>> {
    await this.removal.remove(id);
    return {};
  }

  @HandlesRequest(appHistory)
  historyOf({ id }: z.output<typeof appHistory.input>): Promise<z.input<typeof appHistory.output>> {
    return this.history.of(id);
  }
}
