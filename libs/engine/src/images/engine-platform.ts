import type { EngineConnection } from '../engine-connection';

/** An engine asks its parts when it is asked for its version, which takes it longer than a small build. */
const KNOWN_FOR_MS = 600_000;
const known = new WeakMap<EngineConnection, { platform: string; at: number }>();

/** The platform that the engine itself builds and runs: `linux/amd64`. @throws DomainError ENGINE_UNAVAILABLE */
export async function enginePlatform(engine: EngineConnection): Promise<string> {
  const before = known.get(engine);
  if (before && performance.now() - before.at < KNOWN_FOR_MS) return before.platform;
  const { Os, Arch } = await engine.ask((docker) => docker.version());
  const platform = `${Os}/${Arch}`;
  known.set(engine, { platform, at: performance.now() });
  return platform;
}
