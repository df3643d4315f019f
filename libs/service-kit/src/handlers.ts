import { Ctx, MessagePattern, type NatsContext, Payload } from '@nestjs/microservices';
import {
  DomainError,
  type DomainErrorOptions,
  type ErrorCode,
  type FactDefinition,
  type JobDefinition,
  type RequestDefinition,
} from '@osiris/contracts';
import 'reflect-metadata';
import { z } from 'zod';
import type { JobContext } from './jobs/job-context';
import { durations } from './metrics';
import { runWithTrace } from './trace';

export const HANDLES = Symbol('osiris:handles');
export type Handled = RequestDefinition | JobDefinition | FactDefinition;

/** What goes back over NATS: the value, or the owner's error as data, so that its code survives Nest's RPC layer. */
export type Reply =
  | { ok: true; value: unknown }
  | { ok: false; error: { code: ErrorCode; message: string } & Pick<DomainErrorOptions, 'errors' | 'retryAfterSeconds'> };

type Method<A extends unknown[], R> = TypedPropertyDescriptor<(...args: A) => Promise<R>>;

const requestSeconds = durations('osiris_request_duration_seconds', 'Requests answered over NATS', ['subject', 'outcome'] as const);

/** Set by `start`: where unexpected errors of request handlers are logged. */
let report: (error: unknown, subject: string) => void = () => undefined;
export function reportUnexpectedWith(reporter: typeof report): void {
  report = reporter;
}

function invalid(error: z.ZodError): DomainError {
  return new DomainError('VALIDATION_FAILED', 'The request does not fit its schema', {
    errors: error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  });
}

/** Answers a request: the input arrives parsed; thrown DomainErrors reach the caller as they are, others as INTERNAL. */
export function HandlesRequest<I extends z.ZodType, O extends z.ZodType>(definition: RequestDefinition<I, O>) {
  return (target: object, key: string | symbol, descriptor: Method<[z.output<I>], z.input<O>>): void => {
    const handler = descriptor.value;
    if (!handler) throw new Error(`${String(key)} is not a method`);
    Reflect.defineMetadata(HANDLES, definition, handler);
    const answer = function (this: unknown, data: unknown, context: NatsContext): Promise<Reply> {
      const traceparent = (context.getHeaders() as { get?: (name: string) => string } | undefined)?.get?.('traceparent');
      return runWithTrace(traceparent, async (): Promise<Reply> => {
        const done = requestSeconds.startTimer({ subject: definition.subject });
        try {
          const input = definition.input.safeParse(data ?? {});
          if (!input.success) throw invalid(input.error);
          const value = await handler.call(this, input.data as z.output<I>);
          done({ outcome: 'ok' });
          return { ok: true, value };
        } catch (error) {
          if (error instanceof DomainError) {
            done({ outcome: error.code });
            const { code, message, errors, retryAfterSeconds } = error;
            return { ok: false, error: { code, message, errors, retryAfterSeconds } };
          }
          done({ outcome: 'INTERNAL' });
          report(error, definition.subject);
          return { ok: false, error: { code: 'INTERNAL', message: 'Something unexpected happened' } };
        }
      });
    };
    Reflect.defineMetadata(HANDLES, definition, answer);
    descriptor.value = answer as unknown as typeof handler;
    MessagePattern(definition.subject)(target, key, descriptor as TypedPropertyDescriptor<unknown>);
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
  };
}

/** Does a job: see `JobContext` for what returning and throwing mean. */
export function HandlesJob<S extends z.ZodType>(definition: JobDefinition<S>) {
  return (_target: object, _key: string | symbol, descriptor: Method<[JobContext<z.output<S>>], void>): void => {
    if (descriptor.value) Reflect.defineMetadata(HANDLES, definition, descriptor.value);
  };
}

export interface FactMeta {
  /** `Nats-Msg-Id` of the fact: the same on each redelivery. */
  messageId: string;
}

/** Applies a fact. Facts come strictly in the stream's order, one at a time; throwing has the same fact come again. */
export function HandlesFact<S extends z.ZodType>(definition: FactDefinition<S>) {
  return (_target: object, _key: string | symbol, descriptor: Method<[z.output<S>, FactMeta], void>): void => {
    if (descriptor.value) Reflect.defineMetadata(HANDLES, definition, descriptor.value);
  };
}
