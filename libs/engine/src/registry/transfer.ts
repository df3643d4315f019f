import type { Readable } from 'node:stream';
import { DomainError } from '@osiris/contracts';
import { engineMessage, engineStatus, isEngineUnreachable, mapEngineError } from '../engine-errors';
import { jsonLines } from '../images/json-lines';
import { registryErrorOf } from './registry-errors';
import type { Registry } from './registry-url';

/** How far the transfer of one layer, or of the whole, is. */
export interface TransferProgress {
  /** Of the layer; null: of the whole. */
  layer: string | null;
  /** `Pushing`, `Layer already exists`, `Download complete`, … */
  status: string;
  bytes: number | null;
  totalBytes: number | null;
}

export interface TransferOptions {
  registry: Registry;
  onProgress?: (progress: TransferProgress) => void;
  /** Ends the transfer; its reason is thrown. */
  signal?: AbortSignal;
  /** Ends a transfer of which nothing is heard, the engine's own tries to come through included. Default 120000 ms. */
  stallMs?: number;
}

/** https://docs.docker.com/engine/api/v1.41/#operation/ImagePush: one JSON object a line, failures among them after an HTTP 200. */
interface TransferEvent {
  status?: string;
  id?: string;
  progressDetail?: { current?: number; total?: number };
  error?: string;
  errorDetail?: { message?: string };
  aux?: { Digest?: string };
}

const STALL_MS = 120_000;

/**
 * Reads a push or a pull to its end.
 * @returns the manifest's digest, where the engine named it
 * @throws DomainError REGISTRY_UNAVAILABLE, IMAGE_PUSH_REFUSED, ENGINE_UNAVAILABLE; `absent` (see `registryErrorOf`) as IMAGE_GONE
 */
export async function transfer(begin: (abort: AbortSignal) => Promise<NodeJS.ReadableStream>, reference: string, options: TransferOptions): Promise<string | null> {
  const { registry, signal, stallMs = STALL_MS } = options;
  signal?.throwIfAborted();
  const stalled = new AbortController();
  const abort = signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal;
  const watchdog = setTimeout(() => stalled.abort(), stallMs);
  try {
    const stream = (await begin(abort)) as Readable;
    // dockerode's signal ends only the wait for the answer's beginning.
    const end = (): void => void stream.destroy(new Error('aborted'));
    abort.addEventListener('abort', end, { once: true });
    if (abort.aborted) end();
    try {
      return await read(stream, options, () => watchdog.refresh());
    } finally {
      abort.removeEventListener('abort', end);
      stream.destroy();
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (stalled.signal.aborted) {
      const seconds = Math.round(stallMs / 1000);
      throw new DomainError('REGISTRY_UNAVAILABLE', `Nothing went to or came from the registry ${registry.host} for ${seconds} s`, { retryAfterSeconds: 10, cause: error });
    }
    throw failureOf(error, reference, registry);
  } finally {
    clearTimeout(watchdog);
  }
}

async function read(stream: Readable, { onProgress }: TransferOptions, heard: () => void): Promise<string | null> {
  let digest: string | null = null;
  for await (const event of jsonLines<TransferEvent>(stream)) {
    if (event.error !== undefined) throw new RegistrySaid(event.errorDetail?.message ?? event.error);
    // "Retrying in 5 seconds", once a second: the engine cannot come through.
    if (!/^Retrying in /.test(event.status ?? '')) heard();
    digest = event.aux?.Digest ?? /(?:^Digest: |digest: )(sha256:[0-9a-f]{64})/.exec(event.status ?? '')?.[1] ?? digest;
    if (event.status === undefined) continue;
    const { current, total } = event.progressDetail ?? {};
    onProgress?.({ layer: event.id ?? null, status: event.status, bytes: current ?? null, totalBytes: total ?? null });
  }
  return digest;
}

/** An error within the stream: the engine answers, the registry did not do as asked. */
class RegistrySaid extends Error {}

function failureOf(error: unknown, reference: string, registry: Registry): unknown {
  if (!(error instanceof RegistrySaid) && isEngineUnreachable(error)) return mapEngineError(error);
  if (!(error instanceof RegistrySaid) && engineStatus(error) === undefined) {
    return new DomainError('ENGINE_UNAVAILABLE', 'The container engine went away during the transfer of an image', { cause: error, retryAfterSeconds: 5 });
  }
  if (/does not exist locally|tag does not exist|no such image/i.test(engineMessage(error))) return new DomainError('IMAGE_GONE', `The image ${reference} is no longer on the engine. Build the app again.`, { cause: error });
  const known = registryErrorOf(error, registry);
  return known === 'absent' ? new DomainError('IMAGE_GONE', `The registry ${registry.host} has no image ${reference}. Build the app again.`, { cause: error }) : known;
}
