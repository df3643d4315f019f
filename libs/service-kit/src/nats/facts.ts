import { Inject, Injectable } from '@nestjs/common';
import type { FactDefinition } from '@osiris/contracts';
import { ulid } from 'ulid';
import type { z } from 'zod';
import { LOGGER } from '../tokens';
import type { Logger } from '../logger';
import { Nats } from './nats';

const GIVE_UP_AFTER_MS = 120_000;

/** Reports facts to the catalog. */
@Injectable()
export class Facts {
  constructor(
    private readonly nats: Nats,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Resolves once JetStream has acknowledged; tries for two minutes through restarts of NATS, under one message id, so
   * that the fact is stored once.
   * @throws the last error after that: the caller's job is then delivered again.
   */
  async publish<S extends z.ZodType>(definition: FactDefinition<S>, fact: z.input<S>): Promise<void> {
    const payload: unknown = definition.schema.parse(fact);
    const msgId = ulid();
    const deadline = Date.now() + GIVE_UP_AFTER_MS;
    for (let delayMs = 200; ; delayMs = Math.min(delayMs * 2, 3_000)) {
      try {
        await this.nats.publish(definition.subject, payload, { msgId });
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        this.logger.warn({ err: error, subject: definition.subject }, 'A fact could not be published, trying again');
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
    }
  }
}
