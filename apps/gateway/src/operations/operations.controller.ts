import { Controller } from '@nestjs/common';
import { artifactPlan, DomainError, type EnginePlan, enginePlan, housekeepingRun, routes } from '@osiris/contracts';
import { Requests } from '@osiris/service-kit';
import { Route } from '../http/route.decorator';

/** What operators ask of the hub as a whole. */
@Controller()
export class OperationsController {
  constructor(private readonly requests: Requests) {}

  /** What the catalog's housekeeping and one builder's would remove. Where no builder answers, the artifacts are told all the same. */
  @Route(routes.housekeepingPlan)
  async plan() {
    const [artifacts, engine] = await Promise.all([this.requests.send(artifactPlan, {}), this.engine()]);
    return { artifacts, ...engine };
  }

  @Route(routes.runHousekeeping)
  async run(): Promise<void> {
    await this.requests.send(housekeepingRun, {});
  }

  private async engine(): Promise<{ engine: EnginePlan | null; message: string | null }> {
    try {
      return { engine: await this.requests.send(enginePlan, {}), message: null };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { engine: null, message: error.message };
    }
  }
}
