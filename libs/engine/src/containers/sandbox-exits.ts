import type { Readable } from 'node:stream';
import type { EngineConnection } from '../engine-connection';
import { SANDBOX_LABELS, sandboxFilter } from './sandbox-labels';
import { roleOf } from './sandbox-state';
import { launchNamed } from './seat-names';

export interface SandboxExit {
  containerId: string;
  /** Undefined: one that waits for a launch. */
  launchId: string | undefined;
}

interface ExitListener {
  /** A container of a launch, or one that waits for one, has ended. */
  exited(exit: SandboxExit): void;
  /** Events flow from here on: what happened before must be looked up. */
  connected(): void;
}

interface EngineEvent {
  Actor?: { ID?: string; Attributes?: Record<string, string> };
}

const RETRY_MS = 500;

/**
 * Watches for ends of the hub's containers until `signal`; connects again by itself after the engine was away. Events are
 * only a wake-up: who misses one finds the state by `Sandboxes.list`.
 */
export async function watchSandboxExits(engine: EngineConnection, hubId: string, listener: ExitListener, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const stream = (await engine.call((docker) =>
        docker.getEvents({
          filters: { type: ['container'], event: ['die'], ...sandboxFilter(hubId) },
          // A signal of its own: dockerode never takes its listener off, and this loop may turn for days without an engine.
          abortSignal: AbortSignal.any([signal]),
        } as Parameters<typeof docker.getEvents>[0]),
      )) as Readable;
      listener.connected();
      await readEvents(stream, listener);
    } catch {
      // The engine is away: the connection's own watch says so, here we only wait.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

async function readEvents(stream: Readable, listener: ExitListener): Promise<void> {
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const lines = (rest + (chunk as string)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.trim() === '') continue;
      const { Actor } = JSON.parse(line) as EngineEvent;
      // Attributes: the labels, and the name that it had by then.
      const { name = '', ...labels } = Actor?.Attributes ?? {};
      const role = roleOf(labels, name);
      if (Actor?.ID && (role === 'launch' || role === 'seat')) listener.exited({ containerId: Actor.ID, launchId: labels[SANDBOX_LABELS.launch] ?? launchNamed(name) });
    }
  }
}
