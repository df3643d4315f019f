import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, type RequestDefinition } from '@osiris/contracts';
import { ErrorCode, headers, type NatsError } from 'nats';
import type { z } from 'zod';
import type { Reply } from '../handlers';
import { currentTraceparent } from '../trace';
import { decodeJson, Nats } from './nats';

/** What Nest's NATS transport expects, and what it answers (https://docs.nestjs.com/microservices/nats). */
interface RequestPacket {
  pattern: string;
  data: unknown;
  id: string;
}
interface ReplyPacket {
  response?: Reply;
  err?: unknown;
}

const encoder = new TextEncoder();

/**
 * Sends typed requests to the handlers that Nest's NATS transport serves. Speaks its packets, over the connection's own
 * request/reply: Nest's client subscribes and unsubscribes for each request, which the server then has to spread.
 */
@Injectable()
export class Requests {
  constructor(private readonly nats: Nats) {}

  /**
   * @throws DomainError as the owner threw it; SERVICE_UNAVAILABLE where nobody answers in the definition's time.
   */
  async send<I extends z.ZodType, O extends z.ZodType>(definition: RequestDefinition<I, O>, input: z.input<I>): Promise<z.output<O>> {
    const reply = await this.ask(definition, input);
    if (!reply.ok) {
      const { code, message, ...options } = reply.error;
      throw new DomainError(code, message, options);
    }
    return definition.output.parse(reply.value);
  }

  private async ask({ subject, owner, timeoutMs }: RequestDefinition, input: unknown): Promise<Reply> {
    const unavailable = (why: string, cause?: unknown): DomainError =>
      new DomainError('SERVICE_UNAVAILABLE', `The ${owner} service ${why}. Try again in a moment.`, { retryAfterSeconds: 2, cause });
    if (!this.nats.connected) throw unavailable('is not there');
    const head = headers();
    const traceparent = currentTraceparent();
    if (traceparent) head.set('traceparent', traceparent);
    const packet: RequestPacket = { pattern: subject, data: input, id: randomUUID() };
    let data: Uint8Array;
    try {
      ({ data } = await this.nats.connection.request(subject, encoder.encode(JSON.stringify(packet)), { timeout: timeoutMs, headers: head }));
    } catch (error) {
      throw unavailable((error as NatsError).code === ErrorCode.Timeout ? 'did not answer in time' : 'is not there', error);
    }
    const decoded = decodeJson(data);
    const { response, err } = 'value' in decoded ? (decoded.value as ReplyPacket) : { err: decoded.error };
    if (response === undefined) throw unavailable('did not answer as it should', err);
    return response;
  }
}
