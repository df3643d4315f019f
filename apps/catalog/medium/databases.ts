import { startPostgres, type TestPostgres } from '@osiris/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Both databases that the catalog runs on, so that each suite can be told once and run on either. */
export interface TestDatabase {
  /** `DATABASE_URL` of an empty database. */
  create(): Promise<string>;
  end(): Promise<void>;
}

export const databases: readonly (readonly [string, () => Promise<TestDatabase>])[] = [
  [
    'SQLite',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'osiris-sqlite-'));
      let count = 0;
      return {
        create: () => Promise.resolve(`sqlite:${join(folder, `test-${++count}.db`)}`),
        end: () => rm(folder, { recursive: true, force: true }),
      };
    },
  ],
  [
    'PostgreSQL',
    async () => {
      const postgres: TestPostgres = await startPostgres();
      return { create: () => postgres.createDatabase(), end: () => postgres.stop() };
    },
  ],
];
