import { Controller } from '@nestjs/common';
import { enginePlan, type EnginePlan } from '@osiris/contracts';
import { HandlesRequest } from '@osiris/service-kit';
import { Housekeeping } from './housekeeping';

@Controller()
export class HousekeepingController {
  constructor(private readonly housekeeping: Housekeeping) {}

  @HandlesRequest(enginePlan)
  plan(_input: unknown): Promise<EnginePlan> {
    return this.housekeeping.plan();
  }
}
