import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager } from 'typeorm';
import { QueryFailedError } from 'typeorm';
import { Mutex } from './mutex';

/** Any number that no other part of a shared PostgreSQL takes as its own; "OSIRIS" in ASCII. */
const WRITE_LOCK = 0x4f5349524953;

/** All that is written within one call of `Database.write`: together or not at all. */
export class Transaction {
  /** Milliseconds since 1970: one instant for all that the transaction changes. */
  readonly now = Date.now();
  private readonly listeners: (() => void)[] = [];
  private readonly last = new Map<string, () => Promise<void>>();

  constructor(readonly manager: EntityManager) {}

  /** Done once, after all other changes and together with them, however often it is asked for under the same name. */
  beforeCommit(name: string, work: () => Promise<void>): void {
    if (!this.last.has(name)) this.last.set(name, work);
  }

  async complete(): Promise<void> {
    for (const work of this.last.values()) await work();
  }

  /** Runs once the change is on the disk; not at all where it is rolled back. */
  afterCommit(listener: () => void): void {
    this.listeners.push(listener);
  }

  committed(): void {
    for (const listener of this.listeners) listener();
  }
}

/**
 * The only way to the tables.
 *
 * TypeORM has one connection per SQLite DataSource: a query of anybody else, sent while a transaction is open, becomes a
 * part of it and is lost when that rolls back. So each transaction, and on SQLite each read too, waits for the one
 * before. Statements there are synchronous: nothing is lost by it. On PostgreSQL reads go their own way, and writes take
 * an advisory lock besides, so that outbox ids are in the order of commits even with a second process.
 */
export class Database {
  private readonly mutex = new Mutex();
  private readonly within = new AsyncLocalStorage<true>();
  readonly isPostgres: boolean;

  private constructor(private readonly source: DataSource) {
    this.isPostgres = source.options.type === 'postgres';
  }

  /** Connects and brings the tables up to date. */
  static async open(source: DataSource): Promise<Database> {
    await source.initialize();
    const database = new Database(source);
    await database.mutex.run(() => source.runMigrations({ transaction: 'each' }));
    return database;
  }

  async write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const { transaction, result } = await this.exclusively(() =>
      this.source.transaction(async (manager) => {
        if (this.isPostgres) await manager.query('SELECT pg_advisory_xact_lock($1)', [WRITE_LOCK]);
        const transaction = new Transaction(manager);
        const result = await work(transaction);
        await transaction.complete();
        return { transaction, result };
      }),
    );
    transaction.committed();
    return result;
  }

  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.isPostgres ? guarded(() => work(this.source.manager)) : this.exclusively(() => work(this.source.manager));
  }

  /** Milliseconds a trivial query takes, waiting for its turn included. */
  async ping(): Promise<number> {
    const begun = performance.now();
    await this.read((manager) => manager.query('SELECT 1'));
    return performance.now() - begun;
  }

  async close(): Promise<void> {
    await this.mutex.run(async () => {
      if (this.source.isInitialized) await this.source.destroy();
    });
  }

  private exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (this.within.getStore()) throw new Error('A transaction within a transaction would wait for itself: use the one at hand');
    return this.mutex.run(() => this.within.run(true, () => guarded(work)));
  }
}

/** TypeORM's error carries the statement's parameters, and they may be secrets: a log gets to see the rest alone. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof QueryFailedError)) throw error;
    const { code } = error.driverError as { code?: string };
    throw new DatabaseError(error.message, code ?? 'UNKNOWN', error.query);
  }
}

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  constructor(
    message: string,
    /** As the database names it: `SQLITE_CONSTRAINT_UNIQUE`, `23505`. */
    readonly code: string,
    readonly statement: string,
  ) {
    super(message);
  }
}
