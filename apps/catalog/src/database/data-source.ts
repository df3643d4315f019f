import { join, resolve } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { ArtifactEntity } from '../artifacts/artifact.entity';
import { BuildEntity } from '../builds/build.entity';
import { HealthSnapshotEntity } from '../health/health-snapshot.entity';
import { IdempotencyKeyEntity } from '../idempotency/idempotency-key.entity';
import { ImageEntity } from '../images/image.entity';
import { IngestionEntity, IngestionEventEntity } from '../ingestions/ingestion.entity';
import { LaunchEntity } from '../launches/launch.entity';
import { CreateRepositories1700000001000 } from '../migrations/1700000001000-create-repositories';
import { CreateLifecycles1700000002000 } from '../migrations/1700000002000-create-lifecycles';
import { CreateServices1700000003000 } from '../migrations/1700000003000-create-services';
import { CreateOutbox1700000004000 } from '../migrations/1700000004000-create-outbox';
import { DropSearchColumns1700000005000 } from '../migrations/1700000005000-drop-search-columns';
import { AddRefreshAndProvenance1700000006000 } from '../migrations/1700000006000-add-refresh-and-provenance';
import { AddBuildQueueAndHousekeeping1700000007000 } from '../migrations/1700000007000-add-build-queue-and-housekeeping';
import { CreateVerifications1700000008000 } from '../migrations/1700000008000-create-verifications';
import { AddLaunchLife1700000010000 } from '../migrations/1700000010000-add-launch-life';
import { AddPins1700000009000 } from '../migrations/1700000009000-add-pins';
import { HubStateEntity, InboxEntity, OutboxEntity } from '../outbox/outbox.entity';
import { RepositoryEntity } from '../repositories/repository.entity';
import { ServiceEntity } from '../services/service.entity';
import { RepositoryTagEntity, TagEntity } from '../tags/tag.entity';
import { VerificationEntity } from '../verifications/verification.entity';
import { WebhookDeliveryEntity } from '../webhooks/webhook-delivery.entity';
import { SnakeNames } from './columns';

const entities = [
  RepositoryEntity, TagEntity, RepositoryTagEntity, IngestionEntity, IngestionEventEntity, BuildEntity, ImageEntity,
  ArtifactEntity, LaunchEntity, ServiceEntity, HealthSnapshotEntity, OutboxEntity, InboxEntity, HubStateEntity, IdempotencyKeyEntity,
  WebhookDeliveryEntity, VerificationEntity,
];
const migrations = [
  CreateRepositories1700000001000, CreateLifecycles1700000002000, CreateServices1700000003000, CreateOutbox1700000004000,
  DropSearchColumns1700000005000, AddRefreshAndProvenance1700000006000, AddBuildQueueAndHousekeeping1700000007000,
  AddLaunchLife1700000010000,
  CreateVerifications1700000008000, AddPins1700000009000,
];

interface SqliteConnection {
  pragma(statement: string): unknown;
}

function prepareSqlite(connection: SqliteConnection): void {
  connection.pragma('journal_mode = WAL');
  // FULL: a change that was answered is on the disk. It costs 0.3 ms; the database is the hub's truth.
  connection.pragma('synchronous = FULL');
  connection.pragma('busy_timeout = 5000');
  // Variables of a launch are blanked once they have served: their bytes are to go from the file, too.
  connection.pragma('secure_delete = ON');
}

/** @param url `postgres://…`, `sqlite:<file>`, or undefined: `catalog.db` under `home`. */
export function dataSourceFor(url: string | undefined, home: string): DataSource {
  const options = { entities, migrations, namingStrategy: new SnakeNames(), synchronize: false, logging: false as const };
  if (url?.startsWith('postgres')) {
    return new DataSource({ ...options, type: 'postgres', url, poolSize: 6, applicationName: 'osiris-catalog' });
  }
  const file = url ? url.replace(/^sqlite:(\/\/)?/, '') : join(home, 'catalog.db');
  const sqlite: DataSourceOptions = {
    ...options,
    type: 'better-sqlite3',
    // libsql has better-sqlite3's interface, and its binary in the package instead of two minutes of compiling.
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded here alone, a hub on PostgreSQL spares it
    driver: require('libsql') as unknown,
    database: file === ':memory:' ? file : resolve(file),
    prepareDatabase: (connection) => prepareSqlite(connection as SqliteConnection),
  };
  return new DataSource(sqlite);
}
