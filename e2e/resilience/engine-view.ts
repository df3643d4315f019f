import { request } from 'node:http';

/** What the container engine itself says, to check the hub's word against: labels of containers and images. */
export class EngineView {
  private constructor(private readonly socketPath: string) {}

  static at(dockerHost: string | undefined): EngineView {
    return new EngineView((dockerHost ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, ''));
  }

  /** By name: a container that was a seat before is a launch's by that alone. */
  containersOf(launchId: string): Promise<string[]> {
    return this.#ids('containers', { name: [`^/osiris-${launchId}`] });
  }

  /** Of a launch's container, on the network of the sandboxes. */
  async addressOf(launchId: string): Promise<string> {
    const { NetworkSettings } = await this.#get<{ NetworkSettings: { Networks: Record<string, { IPAddress: string }> } }>(`/containers/osiris-${launchId}/json`);
    const [network] = Object.values(NetworkSettings.Networks);
    if (!network?.IPAddress) throw new Error(`${launchId} has no address`);
    return network.IPAddress;
  }

  imagesOf(appId: string): Promise<string[]> {
    return this.#ids('images', { label: [`io.osiris.app=${appId}`] });
  }

  /** Removes a container as an operator would with `docker rm -f`. */
  remove(containerId: string): Promise<void> {
    return this.#do('DELETE', `/containers/${containerId}?force=1`);
  }

  /** As `docker kill` and `docker pause` do. */
  kill(containerId: string): Promise<void> {
    return this.#do('POST', `/containers/${containerId}/kill`);
  }

  pause(containerId: string): Promise<void> {
    return this.#do('POST', `/containers/${containerId}/pause`);
  }

  #do(method: 'POST' | 'DELETE', path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const call = request({ socketPath: this.socketPath, method, path }, (response) => {
        response.resume();
        response.on('end', () => resolve());
      });
      call.on('error', reject);
      call.end();
    });
  }

  #ids(kind: 'containers' | 'images', filter: Record<string, string[]>): Promise<string[]> {
    const filters = encodeURIComponent(JSON.stringify(filter));
    // Images: tagged ones only, or each layer of the classic builder would count.
    const path = kind === 'containers' ? `/containers/json?all=1&filters=${filters}` : `/images/json?filters=${filters}`;
    return this.#get<{ Id: string; RepoTags?: string[] | null }[]>(path).then((items) => items.filter((item) => kind === 'containers' || (item.RepoTags ?? []).length > 0).map(({ Id }) => Id));
  }

  #get<T>(path: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const call = request({ socketPath: this.socketPath, path }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve(JSON.parse(text) as T));
      });
      call.on('error', reject);
      call.end();
    });
  }
}
