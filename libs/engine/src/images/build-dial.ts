import type { Readable } from 'node:stream';
import type { EngineConnection } from '../engine-connection';
import type { BuildImageRequest } from './build-request';
import { targetName } from './build-target';
import { declaredArguments } from './dockerfile-stages';
import { platformArguments } from './platform-arguments';

/**
 * The engine's answer to `POST /build`: a stream of JSON lines. https://docs.docker.com/reference/api/engine/ (ImageBuild)
 * @param session of BuildKit; undefined asks for the classic builder
 * @param platform the engine's own, for what the classic builder does not tell Dockerfiles by itself
 */
export function dialBuild(engine: EngineConnection, request: BuildImageRequest, context: Readable, session: string | undefined, platform: string, signal: AbortSignal): Promise<Readable> {
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
    ...(session === undefined ? { version: '1' } : { version: '2', session }),
    ...(request.platform === undefined ? {} : { platform: request.platform }),
    ...(request.memoryBytes === undefined ? {} : { memory: request.memoryBytes, memswap: request.memoryBytes }),
  };
  return new Promise((resolve, reject) => {
    const settled = { path: '/build?', method: 'POST', file: context, options, abortSignal: signal, isStream: true, statusCodes: { 200: true as const, 400: 'bad request', 500: 'server error' } };
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
