import { Readable } from 'node:stream';
import type { ContainerInspectInfo } from 'dockerode';
import type { EngineConnection } from '../engine-connection';
import { engineStatus } from '../engine-errors';
import { type OutputLine, OutputLines } from './container-output';
import { sandboxConfig, type SandboxSpec } from './sandbox-config';
import { replacedName, SANDBOX_LABELS, sandboxFilter, sandboxName, type SandboxRole } from './sandbox-labels';
import { sandboxNetworkName } from './sandbox-network';
import { createErrorOf, imageGone, isPausedError, startErrorOf } from './sandbox-start-errors';
import { envOf, type SandboxState, type SandboxSummary, stateOf, summaryOf, tcpPorts, listedRole } from './sandbox-state';
import { type ContainerStats, type SandboxUsage, usageOfStats } from './sandbox-usage';

/** What an image says of itself that matters to who runs it. */
export interface ImageFacts {
  exposedPorts: number[];
  env: Record<string, string>;
}

/** The sandboxes of one hub on one engine. Where no engine answers, everything here throws ENGINE_UNAVAILABLE. */
export class Sandboxes {
  private readonly network: string;

  constructor(
    private readonly engine: EngineConnection,
    private readonly hubId: string,
  ) {
    this.network = sandboxNetworkName(hubId);
  }

  /** @throws DomainError IMAGE_GONE */
  async imageFacts(reference: string): Promise<ImageFacts> {
    return this.engine.ask(async (docker) => {
      try {
        const { Config } = await docker.getImage(reference).inspect();
        return { exposedPorts: tcpPorts(Config.ExposedPorts), env: envOf(Config.Env) };
      } catch (error) {
        throw engineStatus(error) === 404 ? imageGone(reference, error) : error;
      }
    });
  }

  /**
   * Makes a launch's (or a verification run's) container without starting it. Where it has one already, gives that one back
   * (`created: false`); one of an earlier attempt is removed first.
   * @throws DomainError IMAGE_GONE
   */
  async create(spec: Omit<SandboxSpec, 'hubId' | 'network'>): Promise<{ containerId: string; created: boolean }> {
    const config = sandboxConfig({ ...spec, hubId: this.hubId, network: this.network });
    return this.engine.call(async (docker) => {
      for (let tries = 1; ; tries++) {
        try {
          const container = await docker.createContainer(config);
          return { containerId: container.id, created: true };
        } catch (error) {
          if (engineStatus(error) !== 409 || tries >= 3) throw createErrorOf(error, spec.image);
        }
        const existing = await this.inspect(sandboxName(spec.id));
        if (existing?.attempt === spec.attempt) return { containerId: existing.containerId, created: false };
        if (existing) await this.remove(existing.containerId);
      }
    });
  }

  /** Idempotent. @throws DomainError APP_EXITED where the image's command cannot be run at all. */
  async start(containerId: string): Promise<void> {
    await this.engine.call(async (docker) => {
      try {
        await docker.getContainer(containerId).start();
      } catch (error) {
        // A seat that was handed over and never woken is paused.
        if (isPausedError(error)) await docker.getContainer(containerId).unpause();
        else if (engineStatus(error) !== 304) throw startErrorOf(error);
      }
    });
  }

  /** By container id or name; undefined where there is none. */
  async inspect(container: string): Promise<SandboxState | undefined> {
    return this.engine.ask(async (docker, abortSignal) => {
      try {
        const info: ContainerInspectInfo = await docker.getContainer(container).inspect({ abortSignal });
        return stateOf(info, this.network);
      } catch (error) {
        if (engineStatus(error) === 404) return undefined;
        throw error;
      }
    });
  }

  /** The launch's container, whatever its state. */
  find(launchId: string): Promise<SandboxState | undefined> {
    return this.inspect(sandboxName(launchId));
  }

  /** The launch's container that is about to make way for another one, and no longer has its name. */
  findReplaced(launchId: string): Promise<SandboxState | undefined> {
    return this.inspect(replacedName(launchId));
  }

  /** Gives the launch's name free for the container that follows. Idempotent. */
  async markReplaced(containerId: string, launchId: string): Promise<void> {
    await this.engine.call(async (docker) => {
      const state = await docker.getContainer(containerId).inspect();
      if (state.Name !== `/${replacedName(launchId)}`) await docker.getContainer(containerId).rename({ name: replacedName(launchId) });
    });
  }

  /** All of the hub's containers of a role, running or not. */
  async list(role: SandboxRole = 'launch'): Promise<SandboxSummary[]> {
    return this.engine.ask(async (docker, abortSignal) => {
      const containers = await docker.listContainers({ all: true, filters: sandboxFilter(this.hubId), abortSignal });
      return containers.filter((container) => listedRole(container) === role).map(summaryOf);
    });
  }

  /** The hub's containers of verification runs. */
  async listVerifications(): Promise<{ containerId: string; verificationId: string }[]> {
    return this.engine.ask(async (docker, abortSignal) => {
      const containers = await docker.listContainers({ all: true, filters: sandboxFilter(this.hubId), abortSignal });
      return containers.filter((container) => listedRole(container) === 'verification').map(({ Id, Labels }) => ({ containerId: Id, verificationId: Labels[SANDBOX_LABELS.verification] ?? '' }));
    });
  }

  /** Resolves once it has ended, or is gone. @throws the signal's reason; DomainError ENGINE_UNAVAILABLE */
  async waitForEnd(containerId: string, signal: AbortSignal): Promise<void> {
    await this.engine.call(async (docker) => {
      try {
        await docker.getContainer(containerId).wait({ abortSignal: signal });
      } catch (error) {
        if (engineStatus(error) !== 404) throw error;
      }
    });
  }

  /** Asks it to end (SIGTERM, or the image's STOPSIGNAL), kills it after `graceSeconds`. Idempotent; the container stays. */
  async stop(containerId: string, graceSeconds: number): Promise<void> {
    await this.engine.call(async (docker) => {
      try {
        await docker.getContainer(containerId).stop({ t: graceSeconds });
      } catch (error) {
        const status = engineStatus(error);
        if (status !== 304 && status !== 404) throw error;
      }
    });
  }

  /** Kills and removes it with its anonymous volumes. Idempotent. */
  async remove(containerId: string): Promise<void> {
    await this.engine.call(async (docker) => {
      try {
        await docker.getContainer(containerId).remove({ force: true, v: true });
      } catch (error) {
        // 404: gone; 409: another removal of it is under way.
        const status = engineStatus(error);
        if (status !== 404 && status !== 409) throw error;
      }
    });
  }

  /** What it uses now; undefined where it does not run. @throws where it is gone */
  async usage(containerId: string): Promise<SandboxUsage | undefined> {
    // one-shot: the engine does not wait a second for a second sample of the CPU.
    return this.engine.ask(async (docker) => usageOfStats((await docker.getContainer(containerId).stats({ stream: false, 'one-shot': true })) as ContainerStats));
  }

  /** Bytes of memory that it uses now, without what the kernel can take back (page cache); undefined where it does not run. */
  async memoryBytes(containerId: string): Promise<number | undefined> {
    return (await this.usage(containerId))?.memoryBytes;
  }

  /** All it has written, from its first line, and what it goes on to write; ends when it ends or on `signal`. */
  async follow(containerId: string, signal: AbortSignal): Promise<AsyncIterable<OutputLine>> {
    return this.engine.call(async (docker) => {
      const raw = await docker.getContainer(containerId).logs({ follow: true, stdout: true, stderr: true, abortSignal: AbortSignal.any([signal]) });
      return linesOf(raw as Readable);
    });
  }

  /** The last lines it wrote, oldest first. */
  async lastLines(containerId: string, count: number): Promise<OutputLine[]> {
    return this.engine.call(async (docker) => {
      const raw = await docker.getContainer(containerId).logs({ follow: false, stdout: true, stderr: true, tail: count });
      return (await linesOf(Readable.from([raw as Buffer])).toArray()) as OutputLine[];
    });
  }
}

function linesOf(raw: Readable): OutputLines {
  const lines = new OutputLines();
  // A connection that breaks (engine gone, abort) ends the lines; whoever follows sees by the container why.
  raw.on('error', () => lines.end());
  raw.on('close', () => lines.end());
  lines.on('close', () => raw.destroy());
  raw.pipe(lines);
  return lines;
}
