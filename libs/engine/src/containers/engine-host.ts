import type { EngineConnection } from '../engine-connection';

/** The machine that an engine runs on. */
export interface EngineHost {
  /** The engine's own id: stable over its restarts. */
  id: string;
  cpus: number;
  memoryBytes: number;
}

/** @throws DomainError ENGINE_UNAVAILABLE */
export async function engineHost(engine: EngineConnection): Promise<EngineHost> {
  return engine.ask(async (docker) => {
    const info = (await docker.info()) as { ID: string; NCPU: number; MemTotal: number };
    return { id: info.ID, cpus: info.NCPU, memoryBytes: info.MemTotal };
  });
}
