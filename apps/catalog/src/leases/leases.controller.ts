import { Controller } from '@nestjs/common';
import { leaseClaim, leaseRenew } from '@osiris/contracts';
import { HandlesRequest } from '@osiris/service-kit';
import type { z } from 'zod';
import { LeasesService } from './leases.service';

@Controller()
export class LeasesController {
  constructor(private readonly leases: LeasesService) {}

  @HandlesRequest(leaseClaim)
  claim(input: z.output<typeof leaseClaim.input>): Promise<z.input<typeof leaseClaim.output>> {
    return this.leases.claim(input);
  }

  @HandlesRequest(leaseRenew)
  renew(input: z.output<typeof leaseRenew.input>): Promise<z.input<typeof leaseRenew.output>> {
    return this.leases.renew(input);
  }
}
