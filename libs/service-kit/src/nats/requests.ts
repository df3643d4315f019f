import { Inject, Injectable } from '@nestjs/common';
import { type ClientProxy, NatsRecordBuilder } from '@nestjs/microservices';
import { DomainError, type RequestDefinition } from '@osiris/contracts';
import { headers } from 'nats';
import { firstValueFrom, timeout, TimeoutError } from 'rxjs';
import type { z } from 'zod';
import type { Reply } from '../handlers';
import { currentTraceparent } from '../trace';

export const NATS_CLIENT = Symbol('NATS_CLIENT');

/** Sends typed requests over Nest's NATS transport. */
@Injectable()
export class Requests {
  constructor(@Inject(NATS_CLIENT) private readonly client: ClientProxy) {}

  /**
   * @throws DomainError as the owner threw it; SERVICE_UNAVAILABLE where nobody answers in the definition's time.
   */
  async send<I extends z.ZodType, O extends z.ZodType>(
    definition: RequestDefinition<I, O>,
    input: z.input<I>,
  ): Promise<z.output<O>> {
    const head = headers();
    const traceparent = currentTraceparent();
    if (traceparent) head.set('traceparent', traceparent);
    const record = new NatsRecordBuilder(input).setHeaders(head).build();
    let reply: Reply;
    try {
      reply = await firstValueFrom(
        this.client.send<Reply>(definition.subject, record).pipe(timeout({ first: definition.timeoutMs })),
      );
    } catch (error) {
      const why = error instanceof TimeoutError ? 'did not answer in time' : 'is not there';
      throw new DomainError('SERVICE_UNAVAILABLE', `The ${definition.owner} service ${why}. Try again in a moment.`, {
        retryAfterSeconds: 2,
        cause: error,
      });
    }
    if (!reply.ok) {
      const { code, message, ...options } = reply.error;
      throw new DomainError(code, message, options);
    }
    return definition.output.parse(reply.value);
  }
}
