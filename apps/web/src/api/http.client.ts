import { ApiError } from './api-error';

interface Options {
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  signal?: AbortSignal;
}

export function urlOf(path: string, query: Options['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** `crypto.randomUUID` exists in secure contexts only, and a hub may be opened over plain HTTP in a house network. */
function idempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function answer(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw ApiError.noAnswer();
  }
  if (response.ok) return response;
  throw ApiError.fromProblem(response.status, await response.json().catch(() => null));
}

/** Asks for JSON. The caller names the type of `@osiris/contracts` that the route answers with. */
export async function getJson<T>(path: string, { query, signal }: Options = {}): Promise<T> {
  const response = await answer(urlOf(path, query), { headers: { accept: 'application/json' }, signal: signal ?? null });
  return (await response.json()) as T;
}

/** Changes something. Each call is one intent and carries its own key, so that the browser's resend does it once. */
export async function sendJson<T>(method: 'POST' | 'PATCH' | 'DELETE', path: string, { body }: Options = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json', 'idempotency-key': idempotencyKey() };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const response = await answer(path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** An answer that may still be growing. */
export function openStream(path: string, accept: string, signal: AbortSignal): Promise<Response> {
  return answer(path, { headers: { accept }, signal });
}

/** A text that may still be growing, in pieces as they arrive. Ends with it, or when `signal` aborts. */
export async function readText(path: string, signal: AbortSignal, onText: (text: string) => void): Promise<void> {
  const response = await openStream(path, 'text/plain', signal);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onText(value);
  }
}
