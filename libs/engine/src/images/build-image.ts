import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { DomainError } from '@osiris/contracts';
import type { EngineConnection } from '../engine-connection';
import { engineMessage, engineStatus, isEngineUnreachable, mapEngineError } from '../engine-errors';
import { type ContextWay, dialBuild } from './build-dial';
import { type BuildFailure, classifyBuildFailure, placeOf, saysEngineEnded } from './build-failure';
import type { BuilderEvent, BuildLogLine, BuildLogReader, FailedStep, StreamEnd } from './build-log';
import { memoryCounts } from './build-memory';
import type { Builder, BuildImageRequest, BuildOutcome } from './build-request';
import { BuildKitLog } from './buildkit-log';
import { ClassicLog } from './classic-log';
import { enginePlatform } from './engine-platform';
import { explainHeredoc } from './heredoc-failure';
import { jsonLines } from './json-lines';
import { judgeMemory } from './memory-verdict';
import { namedBases } from './named-bases';
import { openBuildKitSession } from './session/buildkit-session';
import { contextTar } from './session/context-tar';

type Attempt = BuildOutcome | { status: 'aborted'; during: FailedStep | null };

/**
 * Builds an image. What is wrong with the build is an outcome; what is wrong with the engine is thrown.
 * @throws DomainError ENGINE_UNAVAILABLE where the engine is not there or goes away under the build; whatever the
 *   context's stream or `onLine` fails with
 */
export async function buildImage(engine: EngineConnection, request: BuildImageRequest): Promise<BuildOutcome> {
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout;
  const first = await attempt(engine, request, request.builder ?? 'buildkit', signal);
  const final = first === 'no-buildkit' && request.builder === undefined ? await attempt(engine, request, 'classic', signal) : first;
  if (final === 'no-buildkit') throw new DomainError('BUILD_FAILED', 'This container engine has no BuildKit');
  if (final.status !== 'aborted') return final;
  return { status: 'failed', failure: endedFromOutside(request, final.during) };
}

function endedFromOutside(request: BuildImageRequest, during: FailedStep | null): BuildFailure {
  const place = placeOf(during);
  if (request.signal?.aborted) return { code: 'BUILD_CANCELED', message: 'The build was canceled', ...place };
  const at = place.step ? `, in ${place.step}` : '';
  return { code: 'BUILD_TIMEOUT', message: `The build took longer than ${Math.round(request.timeoutMs / 1000)} s and was ended${at}`, ...place };
}

async function attempt(engine: EngineConnection, request: BuildImageRequest, builder: Builder, signal: AbortSignal): Promise<Attempt | 'no-buildkit'> {
  if (signal.aborted) return { status: 'aborted', during: null };
  const session = builder === 'buildkit' ? await engine.call((docker) => openBuildKitSession(docker, { files: request.context, sharedKey: request.contextOwner ?? randomUUID() })) : null;
  if (builder === 'buildkit' && session === null) return 'no-buildkit';
  const log = builder === 'buildkit' ? new BuildKitLog() : new ClassicLog();
  const begun = Date.now();
  const way: ContextWay = session ? { session: session.id } : { tar: contextTar(request.context) };
  let contextError: Error | undefined;
  if ('tar' in way) way.tar.once('error', (error) => (contextError = error));
  try {
    const [countsBefore, platform] = await Promise.all([memoryCounts(request.memoryCgroup), request.dockerfileText === undefined ? '' : enginePlatform(engine)]);
    const stream = await dialBuild(engine, request, way, platform, signal);
    const end = await follow(stream, log, (line) => request.onLine(line), signal);
    if (end.how === 'aborted') return { status: 'aborted', during: log.runningStep() };
    if (end.how === 'succeeded') return { status: 'succeeded', bases: namedBases(request, platform, log.digests()) };
    const unread = session?.failure();
    if (unread) throw unread;
    const failure = classifyBuildFailure(end.error, log.failedStep(), end.exitCode);
    const container = log instanceof ClassicLog ? log.container() : null;
    const judged = await judgeMemory(engine, failure, log.failedStep(), { cgroup: request.memoryCgroup, countsBefore, container, begun });
    return { status: 'failed', failure: explainHeredoc(judged, request.dockerfileText) };
  } catch (error) {
    if (signal.aborted) return { status: 'aborted', during: log.runningStep() };
    if (contextError) throw contextError;
    if (isEngineUnreachable(error)) throw mapEngineError(error);
    if (error instanceof DomainError && error.code === 'DOCKERFILE_INVALID') return { status: 'failed', failure: { code: error.code, message: error.message } };
    const status = engineStatus(error);
    if (status === undefined) throw error;
    const said = engineMessage(error);
    if (builder === 'buildkit' && /buildkit (is )?not (supported|enabled)|builder version/i.test(said)) return 'no-buildkit';
    if (status >= 500 && saysEngineEnded(said)) throw engineEnded(said);
    return { status: 'failed', failure: explainHeredoc(classifyBuildFailure(said, log.failedStep()), request.dockerfileText) };
  } finally {
    if ('tar' in way) way.tar.destroy();
    session?.close();
  }
}

type Followed = { how: 'succeeded' } | { how: 'aborted' } | { how: 'failed'; error: string; exitCode?: number };

/** Hands the build's lines on until it ends; one line at a time, so that a slow reader slows the engine down. */
async function follow(stream: Readable, log: BuildLogReader, onLine: (line: BuildLogLine) => void | Promise<void>, signal: AbortSignal): Promise<Followed> {
  let error: string | undefined;
  let exitCode: number | undefined;
  let built = false;
  let how: StreamEnd = 'aborted';
  const tell = async (lines: readonly BuildLogLine[]): Promise<void> => {
    for (const line of lines) {
      const told = onLine(line);
      if (told) await told;
    }
  };
  try {
    for await (const event of jsonLines<BuilderEvent>(stream)) {
      await tell(log.read(event));
      if (event.error !== undefined) {
        error = String(event.errorDetail?.message ?? event.error);
        exitCode = event.errorDetail?.code || undefined;
      }
      built ||= event.id === 'moby.image.id' || (typeof event.aux === 'object' && event.aux !== null && 'ID' in event.aux);
    }
    how = signal.aborted ? 'aborted' : error !== undefined ? 'failed' : built ? 'succeeded' : 'aborted';
  } catch (thrown) {
    // Torn off in the middle of an object: the same as before it.
    if (!(thrown instanceof SyntaxError)) throw thrown;
  } finally {
    await tell(log.end(how));
  }
  if (signal.aborted) return { how: 'aborted' };
  if (error !== undefined) {
    if (saysEngineEnded(error)) throw engineEnded(error);
    return { how: 'failed', error, exitCode };
  }
  if (how !== 'succeeded') throw engineEnded('its answer ended early');
  return { how };
}

function engineEnded(cause: string): DomainError {
  return new DomainError('ENGINE_UNAVAILABLE', 'The container engine went away during the build', { cause: new Error(cause), retryAfterSeconds: 5 });
}
