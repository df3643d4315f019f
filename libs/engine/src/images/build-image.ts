import type { Readable } from 'node:stream';
import { DomainError } from '@osiris/contracts';
import type { EngineConnection } from '../engine-connection';
import { engineMessage, engineStatus, isEngineUnreachable, mapEngineError } from '../engine-errors';
import { classifyBuildFailure, saysEngineEnded } from './build-failure';
import type { BuilderEvent, BuildLogReader } from './build-log';
import type { Builder, BuildImageRequest, BuildOutcome } from './build-request';
import { openBuildKitSession } from './buildkit-session';
import { BuildKitLog } from './buildkit-log';
import { ClassicLog } from './classic-log';
import { jsonLines } from './json-lines';

/**
 * Builds an image. What is wrong with the build is an outcome; what is wrong with the engine is thrown.
 * @throws DomainError ENGINE_UNAVAILABLE where the engine is not there or goes away under the build; whatever the
 *   context's stream fails with
 */
export async function buildImage(engine: EngineConnection, request: BuildImageRequest): Promise<BuildOutcome> {
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout;
  const outcome = await attempt(engine, request, 'buildkit', signal);
  const final = outcome === 'no-buildkit' ? await attempt(engine, request, 'classic', signal) : outcome;
  if (final === 'no-buildkit') throw new Error('The classic builder answered as BuildKit does');
  if (final !== 'aborted') return final;
  return {
    status: 'failed',
    failure: request.signal?.aborted
      ? { code: 'BUILD_CANCELED', message: 'The build was canceled' }
      : { code: 'BUILD_TIMEOUT', message: `The build took longer than ${Math.round(request.timeoutMs / 1000)} s and was ended` },
  };
}

async function attempt(engine: EngineConnection, request: BuildImageRequest, builder: Builder, signal: AbortSignal): Promise<BuildOutcome | 'aborted' | 'no-buildkit'> {
  if (signal.aborted) return 'aborted';
  const session = builder === 'buildkit' ? await engine.call(openBuildKitSession) : null;
  if (builder === 'buildkit' && session === null) return 'no-buildkit';
  const context = request.context();
  let contextError: Error | undefined;
  context.once('error', (error) => (contextError = error));
  const log: BuildLogReader = builder === 'buildkit' ? new BuildKitLog() : new ClassicLog();
  try {
    const stream = await dial(engine, request, context, session?.id, signal);
    return await follow(stream, log, (line) => request.onLine(line), signal);
  } catch (error) {
    if (signal.aborted) return 'aborted';
    if (contextError) throw contextError;
    if (isEngineUnreachable(error)) throw mapEngineError(error);
    const status = engineStatus(error);
    if (status === undefined) throw error;
    const said = engineMessage(error);
    if (builder === 'buildkit' && /buildkit (is )?not (supported|enabled)|builder version/i.test(said)) return 'no-buildkit';
    if (status >= 500 && saysEngineEnded(said)) throw engineEnded(said);
    return { status: 'failed', failure: classifyBuildFailure(said, log.failedStep()) };
  } finally {
    context.destroy();
    session?.close();
  }
}

/** The engine's answer to `POST /build`: a stream of JSON lines. */
function dial(engine: EngineConnection, request: BuildImageRequest, context: Readable, session: string | undefined, signal: AbortSignal): Promise<Readable> {
  const options = {
    t: request.tag,
    dockerfile: request.dockerfile,
    labels: JSON.stringify(request.labels),
    networkmode: request.networkMode,
    // Neither builder leaves intermediate containers behind.
    rm: true,
    forcerm: true,
    ...(session === undefined ? { version: '1' } : { version: '2', session }),
    ...(request.platform === undefined ? {} : { platform: request.platform }),
    ...(request.memoryBytes === undefined ? {} : { memory: request.memoryBytes, memswap: request.memoryBytes }),
  };
  return new Promise((resolve, reject) => {
    const settled = { path: '/build?', method: 'POST', file: context, options, abortSignal: signal, isStream: true, statusCodes: { 200: true as const, 400: 'bad request', 500: 'server error' } };
    engine.docker.modem.dial(settled, (error: unknown, stream: unknown) => {
      if (error) reject(error instanceof Error ? error : new Error(String(error)));
      else resolve(stream as Readable);
    });
  });
}

async function follow(stream: Readable, log: BuildLogReader, onLine: BuildImageRequest['onLine'], signal: AbortSignal): Promise<BuildOutcome | 'aborted'> {
  let error: string | undefined;
  let exitCode: number | undefined;
  let built = false;
  try {
    for await (const event of jsonLines<BuilderEvent>(stream)) {
      for (const line of log.read(event)) await onLine(line);
      if (event.error !== undefined) {
        error = event.errorDetail?.message ?? event.error;
        exitCode = event.errorDetail?.code || undefined;
      }
      built ||= event.id === 'moby.image.id' || (typeof event.aux === 'object' && event.aux !== null && 'ID' in event.aux);
    }
  } finally {
    for (const line of log.end()) await onLine(line);
  }
  if (signal.aborted) return 'aborted';
  if (error !== undefined) {
    if (saysEngineEnded(error)) throw engineEnded(error);
    return { status: 'failed', failure: classifyBuildFailure(error, log.failedStep(), exitCode) };
  }
  if (!built) throw engineEnded('its answer ended early');
  return { status: 'succeeded', bases: [] };
}

function engineEnded(cause: string): DomainError {
  return new DomainError('ENGINE_UNAVAILABLE', 'The container engine went away during the build', { cause: new Error(cause), retryAfterSeconds: 5 });
}
