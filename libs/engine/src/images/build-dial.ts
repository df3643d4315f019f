import type { Readable } from 'node:stream';
import type { EngineConnection } from '../engine-connection';
import type { BuildImageRequest } from './build-request';
import { targetName } from './build-target';
import { declaredArguments } from './dockerfile-stages';
import { platformArguments } from './platform-arguments';

/** Where the engine finds the context: in the session through which it asks for files, or in the request itself. */
export type ContextWay = { session: string } | { tar: Readable };

/**
 * The engine's answer to `POST /build`: a stream of JSON lines. https://docs.docker.com/reference/api/engine/ (ImageBuild)
 * @param way a session asks for BuildKit, a tar for the classic builder
 * @param platform the engine's own, for what the classic builder does not tell Dockerfiles by itself
 */
export function dialBuild(engine: EngineConnection, request: BuildImageRequest, way: ContextWay, platform: string, signal: AbortSignal): Promise<Readable> {
  const session = 'session' in way ? way.session : undefined;
  const args: Record<string, string> = session === undefined ? { ...declaredPlatform(request, platform), ...request.args } : { ...request.args };
  // Last: a build's own argument of this name must not open another's caches. (Of BuildKit's Dockerfile frontend.)
  if (session !== undefined && request.cacheNamespace !== undefined) args.BUILDKIT_CACHE_MOUNT_NS = request.cacheNamespace;
  const target = targetName(request);
  const options = {
    t: request.tag,
    dockerfile: request.dockerfile,
    labels: JSON.stringify(request.labels),
    buildargs: JSON.stringify(args),
    networkmode: request.networkMode,
    // Neither builder leaves intermediate containers behind.
    rm: true,
    forcerm: true,
    ...(target === undefined ? {} : { target }),
    ...(request.noCache ? { nocache: true } : {}),
    ...(session === undefined ? { version: '1' } : { version: '2', session, remote: 'client-session' }),
    ...(request.platform === undefined ? {} : { platform: request.platform }),
    ...(request.memoryBytes === undefined ? {} : { memory: request.memoryBytes, memswap: request.memoryBytes }),
  };
  return new Promise((resolve, reject) => {
    const settled = { path: '/build?', method: 'POST', ...('tar' in way ? { file: way.tar, options } : { options: { _query: options, _body: {} } }), abortSignal: signal, isStream: true, statusCodes: { 200: true as const, 400: 'bad request', 500: 'server error' } };
    engine.docker.modem.dial(settled, (error: unknown, stream: unknown) => {
      if (error) reject(error);
      else resolve(stream as Readable);
    });
  });
}

/** Those that the Dockerfile declares: the classic builder complains of others. */
function declaredPlatform({ dockerfileText = '', platform }: BuildImageRequest, own: string): Record<string, string> {
  const declared = declaredArguments(dockerfileText);
  return Object.fromEntries(Object.entries(platformArguments({ target: platform ?? own, build: own })).filter(([name]) => declared.has(name)));
}
