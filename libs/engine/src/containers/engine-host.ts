import type { EngineConnection } from '../engine-connection';

/** The machine that an engine runs on. */
export interface EngineHost {
  /** The engine's own id: stable over its restarts. */
  id: string;
  cpus: number;
  memoryBytes: number;
  /** Its default seccomp profile holds for containers: system calls that usual programs do not need are refused. */
  seccomp: boolean;
  /** Root of a container is nobody on the host (https://docs.docker.com/engine/security/userns-remap/). */
  userNamespaces: boolean;
}

/** @throws DomainError ENGINE_UNAVAILABLE */
export async function engineHost(engine: EngineConnection): Promise<EngineHost> {
  return engine.ask(async (docker) => {
    const info = (await docker.info()) as { ID: string; NCPU: number; MemTotal: number; SecurityOptions?: string[] | null };
    // `name=seccomp,profile=default`, `name=userns`
    const options = info.SecurityOptions ?? [];
    const seccomp = options.some((option) => /^name=seccomp(,|$)/.test(option) && !option.includes('profile=unconfined'));
    return { id: info.ID, cpus: info.NCPU, memoryBytes: info.MemTotal, seccomp, userNamespaces: options.includes('name=userns') };
  });
}
