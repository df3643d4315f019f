import type { EngineConnection } from '../engine-connection';

/** The platform that the engine itself builds and runs: `linux/amd64`. @throws DomainError ENGINE_UNAVAILABLE */
export async function enginePlatform(engine: EngineConnection): Promise<string> {
  const { Os, Arch } = await engine.ask((docker) => docker.version());
  return `${Os}/${Arch}`;
}
