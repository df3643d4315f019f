import { request } from 'node:http';

interface EngineObject {
  Id: string;
  Names?: string[];
  RepoTags?: string[] | null;
}

/** What the engine at a `unix://` address still holds of a hub, by its label. An engine that is gone holds nothing. */
export function engineLeftovers(dockerHost: string, hubId: string, kind: 'containers' | 'images'): Promise<string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`io.osiris.hub=${hubId}`] }));
  return new Promise((resolve) => {
    const query = request(
      { socketPath: dockerHost.replace(/^unix:\/\//, ''), path: `/${kind}/json?all=1&filters=${filters}`, timeout: 10_000 },
      (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => {
          const found = response.statusCode === 200 ? (JSON.parse(text) as EngineObject[]) : [];
          resolve(found.map((item) => `${kind}: ${(item.Names ?? item.RepoTags ?? [item.Id]).join(' ')}`));
        });
      },
    );
    query.on('error', () => resolve([]));
    query.end();
  });
}
