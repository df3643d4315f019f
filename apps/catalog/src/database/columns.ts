import { Column, type ColumnOptions, DefaultNamingStrategy, type ValueTransformer } from 'typeorm';

/** PostgreSQL answers bigint as text; what is stored here stays below 2^53. */
const asNumber: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

/** A whole number of 64 bits: milliseconds since 1970, bytes, sequences. */
export const BigIntColumn = (options: ColumnOptions = {}): PropertyDecorator => Column({ type: 'bigint', transformer: asNumber, ...options });
export const IntColumn = (options: ColumnOptions = {}): PropertyDecorator => Column({ type: 'integer', ...options });
/** PostgreSQL refuses NUL in text, and what a repository says of itself may hold one. */
const withoutNul: ValueTransformer = {
  to: (value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '') : value),
  from: (value: unknown) => value,
};
export const TextColumn = (options: ColumnOptions = {}): PropertyDecorator => Column({ type: 'text', transformer: withoutNul, ...options });
/** JSON as text: the same on both databases. */
export const JsonColumn = (options: ColumnOptions = {}): PropertyDecorator => Column({ type: 'simple-json', ...options });

/** A row id that grows with each insert and is never given twice, also after rows were deleted. */
export const SequenceColumn = (): PropertyDecorator =>
  Column({ type: 'integer', primary: true, generated: 'increment', transformer: asNumber });

/** `repositoryId` is `repository_id`, so that hand-written SQL needs no quotes on PostgreSQL. */
export class SnakeNames extends DefaultNamingStrategy {
  override columnName(property: string, custom: string): string {
    return custom || property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}
