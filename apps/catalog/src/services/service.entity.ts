import type { ServiceStatus } from '@osiris/contracts';
import { Entity } from 'typeorm';
import { BigIntColumn, JsonColumn, TextColumn } from '../database/columns';

@Entity('services')
export class ServiceEntity {
  @TextColumn({ primary: true }) slug!: string;
  @TextColumn() name!: string;
  @TextColumn() kind!: string;
  @TextColumn() baseUrl!: string;
  /** The process that announced itself last. */
  @TextColumn() instance!: string;
  @JsonColumn() capabilities!: string[];
  @JsonColumn() metadata!: Record<string, string | number | boolean | null>;
  @TextColumn() status!: ServiceStatus;
  @TextColumn() statusMessage!: string;
  @BigIntColumn({ nullable: true }) lastCheckedAt!: number | null;
  @BigIntColumn() lastSeenAt!: number;
  @BigIntColumn() createdAt!: number;
}
