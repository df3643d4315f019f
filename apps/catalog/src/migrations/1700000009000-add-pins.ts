import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apps that a curator wants warm. */
export class AddPins1700000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE repositories ADD COLUMN pinned integer NOT NULL DEFAULT 0');
    // Few of a hundred thousand: runners ask for them every few seconds.
    await runner.query('CREATE INDEX ix_repositories_pinned ON repositories (id) WHERE pinned = 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_repositories_pinned');
    await runner.query('ALTER TABLE repositories DROP COLUMN pinned');
  }
}
