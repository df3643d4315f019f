import { Global, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ENV } from '@osiris/service-kit';
import type { Env } from '../env';
import { dataSourceFor } from './data-source';
import { Database } from './database';

const openDatabase = {
  provide: Database,
  inject: [ENV],
  useFactory: (env: Env): Promise<Database> => Database.open(dataSourceFor(env.DATABASE_URL, env.OSIRIS_HOME)),
};

/** Closes the database once what uses it has stopped: modules that import this one shut down before it. */
@Injectable()
class DatabaseClosing implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  onApplicationShutdown(): Promise<void> {
    return this.database.close();
  }
}

@Global()
@Module({ providers: [openDatabase, DatabaseClosing], exports: [Database] })
export class DatabaseModule {}
