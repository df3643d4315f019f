import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { EngineConnection } from '../engine-connection';
import { sandboxFilter } from './sandbox-labels';

const run = promisify(execFile);
const DU_WITHIN_MS = 10_000;

/**
 * Bytes that each running container of a hub has written: to its layer of the root, and, where they can be seen from here, to
 * the volumes that its image asks for. The engine walks the layers for it, so it is asked seldom.
 * @throws DomainError ENGINE_UNAVAILABLE
 */
export async function writtenBytes(engine: EngineConnection, hubId: string): Promise<Map<string, number>> {
  const containers = await engine.ask((docker, abortSignal) => docker.listContainers({ size: true, filters: sandboxFilter(hubId), abortSignal } as Parameters<typeof docker.listContainers>[0]));
  const written = new Map<string, number>();
  for (const container of containers) {
    const { Id, Mounts } = container;
    const { SizeRw = 0 } = container as { SizeRw?: number };
    let bytes = SizeRw;
    for (const { Type, Source } of Mounts) if (Type === 'volume') bytes += await folderBytes(Source);
    written.set(Id, bytes);
  }
  return written;
}

/** 0 where it cannot be seen: another host's engine, or no right to look. Files that vanish meanwhile are no error. */
async function folderBytes(folder: string): Promise<number> {
  try {
    const { stdout } = await run('du', ['-sxk', '--', folder], { timeout: DU_WITHIN_MS }).catch((error: unknown) => error as { stdout?: string });
    return (Number.parseInt(stdout ?? '', 10) || 0) * 1024;
  } catch {
    return 0;
  }
}

/** The folder in which an engine keeps what containers write (`DockerRootDir`). @throws DomainError ENGINE_UNAVAILABLE */
export async function engineFolder(engine: EngineConnection): Promise<string> {
  return engine.ask(async (docker) => ((await docker.info()) as { DockerRootDir: string }).DockerRootDir);
}
