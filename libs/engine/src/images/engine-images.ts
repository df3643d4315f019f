import type { EngineConnection } from '../engine-connection';
import { engineStatus } from '../engine-errors';

export interface EngineImage {
  /** `sha256:…` */
  id: string;
  /** name:tag, all of them. */
  references: string[];
  bytes: number;
  labels: Record<string, string>;
  /** TCP ports the image says it listens on. */
  ports: number[];
}

/** The images of one engine. All throw DomainError ENGINE_UNAVAILABLE where no engine answers. */
export class EngineImages {
  constructor(private readonly engine: EngineConnection) {}

  /** Null where the engine has no such image. `reference`: name:tag or id. */
  async inspectImage(reference: string): Promise<EngineImage | null> {
    const found = await this.unlessAbsent(this.engine.ask((docker) => docker.getImage(reference).inspect()));
    if (found === null) return null;
    return {
      id: found.Id,
      references: found.RepoTags ?? [],
      bytes: found.Size,
      labels: found.Config.Labels ?? {},
      ports: exposedTcpPorts(found.Config.ExposedPorts),
    };
  }

  /** Removes a name; the image behind it goes with its last name. @returns false where it was gone already */
  async removeImage(reference: string): Promise<boolean> {
    return (await this.unlessAbsent(this.engine.call((docker) => docker.getImage(reference).remove({ force: true })))) !== null;
  }

  /** Images that carry all these labels: `name=value`, or a name alone. */
  async listImages(labels: readonly string[]): Promise<EngineImage[]> {
    const found = await this.engine.ask((docker, abortSignal) => docker.listImages({ filters: JSON.stringify({ label: labels }), abortSignal }));
    const images = await Promise.all(found.map((image) => this.inspectImage(image.Id)));
    return images.filter((image) => image !== null);
  }

  /** One image that carries all these labels. */
  async findImage(labels: readonly string[]): Promise<EngineImage | null> {
    return (await this.listImages(labels))[0] ?? null;
  }

  private async unlessAbsent<T>(answer: Promise<T>): Promise<T | null> {
    try {
      return await answer;
    } catch (error) {
      if (engineStatus(error) === 404) return null;
      throw error;
    }
  }
}

/** `{"8080/tcp": {}, "53/udp": {}}` → `[8080]`, ascending. */
export function exposedTcpPorts(exposed: Record<string, unknown> | undefined): number[] {
  return Object.keys(exposed ?? {})
    .filter((port) => /^\d+(\/tcp)?$/.test(port))
    .map((port) => Number.parseInt(port, 10))
    .sort((a, b) => a - b);
}
