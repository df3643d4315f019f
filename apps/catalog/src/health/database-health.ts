import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Health } from '@osiris/service-kit';
import { Database } from '../database/database';

/** The catalog's own dependency in `/readyz`. */
@Injectable()
export class DatabaseHealth implements OnModuleInit {
  constructor(
    private readonly health: Health,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.health.register('database', async () => ({ status: 'up', latencyMs: Math.round((await this.database.ping()) * 10) / 10 }));
  }
}
