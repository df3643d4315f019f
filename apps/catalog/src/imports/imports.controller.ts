import { Controller } from '@nestjs/common';
import { appImport } from '@osiris/contracts';
import { HandlesRequest } from '@osiris/service-kit';
import type { z } from 'zod';
import { AppImport } from './app-import';

@Controller()
export class ImportsController {
  constructor(private readonly imports: AppImport) {}

  @HandlesRequest(appImport)
  import(input: z.output<typeof appImport.input>): Promise<z.input<typeof appImport.output>> {
    return this.imports.import(input);
  }
}
