import { type QueryRunner, TableColumn, TableIndex } from 'typeorm';

/** The few column types that mean the same on SQLite and PostgreSQL. */
export class Columns {
  private readonly postgres: boolean;
  constructor(runner: QueryRunner) {
    this.postgres = runner.connection.options.type === 'postgres';
  }

  /** Compared byte by byte on both databases: a locale's order would break cursors that go by it. */
  text(name: string, options: { nullable?: boolean; primary?: boolean; default?: string } = {}): TableColumn {
    return new TableColumn({
      name,
      type: 'text',
      isPrimary: options.primary ?? false,
      isNullable: options.nullable ?? false,
      default: options.default,
      ...(this.postgres ? { collation: 'C' } : {}),
    });
  }
  int(name: string, options: { nullable?: boolean; primary?: boolean; default?: number } = {}): TableColumn {
    return new TableColumn({
      name,
      type: 'integer',
      isPrimary: options.primary ?? false,
      isNullable: options.nullable ?? false,
      default: options.default,
    });
  }
  bigint(name: string, options: { nullable?: boolean } = {}): TableColumn {
    return new TableColumn({ name, type: 'bigint', isNullable: options.nullable ?? false });
  }
  /** SQLite's AUTOINCREMENT takes `integer` alone, which there has 64 bits; PostgreSQL's has 32. */
  sequence(name = 'id'): TableColumn {
    return new TableColumn({
      name,
      type: this.postgres ? 'bigint' : 'integer',
      isPrimary: true,
      isGenerated: true,
      generationStrategy: 'increment',
    });
  }
  /** What `LeasedRow` holds. */
  leased(): TableColumn[] {
    return [
      this.text('id', { primary: true }),
      this.text('repository_id'),
      this.int('attempt'),
      this.text('job_message_id', { nullable: true }),
      this.text('lease_worker', { nullable: true }),
      this.bigint('lease_until', { nullable: true }),
      this.text('error_code', { nullable: true }),
      this.text('error_message', { nullable: true }),
    ];
  }
}

export const index = (table: string, columns: string[], options: { unique?: boolean; where?: string } = {}): TableIndex =>
  new TableIndex({
    name: `${options.unique ? 'uq' : 'ix'}_${table}_${columns.join('_')}`,
    columnNames: columns,
    isUnique: options.unique ?? false,
    where: options.where,
  });
