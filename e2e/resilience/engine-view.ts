import { request } from 'node:http';

/** What the container engine itself says, to check the hub's word against: labels of containers and images. */
export class EngineView {
  private constructor(private readonly socketPath: string) {}

  static at(dockerHost: string | undefined): EngineView {
    return new EngineView((dockerHost ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, ''));
  }

  containersOf(launchId: string): Promise<string[]> {
    return this.#ids('containers', `io.osiris.launch=${launchId}`);
  }

  imagesOf(appId: string): Promise<string[]> {
    return this.#ids('images', `io.osiris.app=${appId}`);
  }

  /** Removes a container as an operator would with `docker rm -f`. */
  remove(containerId: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const call = request({ socketPath: this.socketPath, method: 'DELETE', path: `/containers/${containerId}?force=1` }, (response) => {
        response.resume();
        response.on('end', () => resolve());
      });
      call.on('error', reject);
      call.end();
    });
  }

  #ids(kind: 'containers' | 'images', label: string): Promise<string[]> {
    const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
    // Images: tagged ones only, or each layer of the classic builder would count.
    const path = kind === 'containers' ? `/containers/json?all=1&filters=${filters}` : `/images/json?filters=${filters}`;
    return new Promise((resolve, reject) => {
      const call = request({ socketPath: this.socketPath, path }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve((JSON.parse(text) as { Id: string; RepoTags?: string[] | null }[]).filter((item) => kind === 'containers' || (item.RepoTags ?? []).length > 0).map(({ Id }) => Id)));
      });
      call.on('error', reject);
      call.end();
    });
  }
}
