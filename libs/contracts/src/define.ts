import type { z } from 'zod';
import type { ServiceName } from './services';

/** Request/reply on core NATS, answered by one instance of `owner` (queue group). */
export interface RequestDefinition<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'request';
  readonly subject: string;
  readonly owner: ServiceName;
  readonly input: I;
  readonly output: O;
  /** How long the caller waits for the reply, in milliseconds. */
  readonly timeoutMs: number;
}

/** A unit of work on the JetStream work queue `JOBS`, done by one instance of `worker`. */
export interface JobDefinition<S extends z.ZodType = z.ZodType> {
  readonly kind: 'job';
  readonly subject: string;
  readonly worker: ServiceName;
  readonly schema: S;
  /** Redelivered when neither acked nor kept alive for this long, in milliseconds. */
  readonly ackWaitMs: number;
  /** Deliveries before the job is given up and dead-lettered. */
  readonly maxAttempts: number;
  /** Delay before delivery 2, 3, …, in milliseconds; the last one repeats. */
  readonly backoffMs: readonly number[];
}

/** Something that happened, reported by `producer` on the JetStream stream `FACTS`, applied by the catalog. */
export interface FactDefinition<S extends z.ZodType = z.ZodType> {
  readonly kind: 'fact';
  readonly subject: string;
  readonly producer: ServiceName | 'any';
  readonly schema: S;
}

const SUBJECT = /^[a-z]+(\.[a-z]+(-[a-z]+)*)+\.v[1-9][0-9]*$/;

function checked(subject: string, prefix: string): string {
  if (!SUBJECT.test(subject)) throw new Error(`Subject "${subject}" is not dotted lower case ending in a version`);
  if (!subject.startsWith(`${prefix}.`)) throw new Error(`Subject "${subject}" must begin with "${prefix}."`);
  return subject;
}

/** @throws Error where the subject is not versioned or does not begin with its owner's name. */
export function defineRequest<I extends z.ZodType, O extends z.ZodType>(
  subject: string,
  options: { owner: ServiceName; input: I; output: O; timeoutMs?: number },
): RequestDefinition<I, O> {
  return { kind: 'request', timeoutMs: 5_000, ...options, subject: checked(subject, options.owner) };
}

/** @throws Error where the subject is not versioned or does not begin with `jobs.`. */
export function defineJob<S extends z.ZodType>(
  subject: string,
  options: { worker: ServiceName; schema: S; ackWaitMs?: number; maxAttempts?: number; backoffMs?: readonly number[] },
): JobDefinition<S> {
  return {
    kind: 'job',
    ackWaitMs: 10_000,
    maxAttempts: 5,
    backoffMs: [1_000, 5_000, 15_000],
    ...options,
    subject: checked(subject, 'jobs'),
  };
}

/** @throws Error where the subject is not versioned or does not begin with `facts.`. */
export function defineFact<S extends z.ZodType>(
  subject: string,
  options: { producer: ServiceName | 'any'; schema: S },
): FactDefinition<S> {
  return { kind: 'fact', ...options, subject: checked(subject, 'facts') };
}
