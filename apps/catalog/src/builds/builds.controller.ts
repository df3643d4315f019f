import { Controller } from '@nestjs/common';
import { type Build, buildCancel, buildCreate, buildGet } from '@osiris/contracts';
import { HandlesRequest } from '@osiris/service-kit';
import type { z } from 'zod';
import { BuildsService } from './builds.service';

@Controller()
export class BuildsController {
  constructor(private readonly builds: BuildsService) {}

  @HandlesRequest(buildCreate)
  create(input: z.output<typeof buildCreate.input>): Promise<Build> {
    return this.builds.create(input);
  }

  @HandlesRequest(buildGet)
  get({ id }: z.output<typeof buildGet.input>): Promise<Build> {
    return this.builds.get(id);
  }

  @HandlesRequest(buildCancel)
  cancel(input: z.output<typeof buildCancel.input>): Promise<Build> {
    return this.builds.cancel(input);
  }
}
