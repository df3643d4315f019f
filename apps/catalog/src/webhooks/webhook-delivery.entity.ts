import { Entity } from 'typeorm';
import { BigIntColumn, TextColumn } from '../database/columns';

/** A delivery that was here before: the same one again does nothing. */
@Entity('webhook_deliveries')
export class WebhookDeliveryEntity {
  /** SHA-256 in hex of the sender's id of it, or of what it signed. */
  @TextColumn({ primary: true }) hash!: string;
  /** Forgotten after this, in milliseconds since 1970. */
  @BigIntColumn() expiresAt!: number;
}
