import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

const storage = new AsyncLocalStorage<string>();

/** `00-<32 hex trace id>-<16 hex parent id>-<2 hex flags>`, https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

export function isTraceparent(value: unknown): value is string {
  return typeof value === 'string' && TRACEPARENT.test(value);
}

export function newTraceparent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}

/** Runs `work` under this trace (a new one where the value is not a traceparent); what it causes carries it on. */
export function runWithTrace<T>(traceparent: string | undefined, work: () => T): T {
  return storage.run(isTraceparent(traceparent) ? traceparent : newTraceparent(), work);
}

export function currentTraceparent(): string | undefined {
  return storage.getStore();
}

/** The 32 hex digits that every log line, error answer and event of one cause have in common. */
export function currentTraceId(): string | undefined {
  return storage.getStore()?.slice(3, 35);
}
