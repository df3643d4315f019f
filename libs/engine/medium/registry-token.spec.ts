import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseRegistryUrl, type Registry, removeFromRegistry } from '../src';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const BASIC = `Basic ${Buffer.from('hub:pass/word').toString('base64')}`;

/** A registry that gives out tokens, as the hosted ones do, and removes a tag alone, as Docker's since version 3. */
describe('a registry with tokens of its own', () => {
  let server: Server;
  let origin = '';
  let tokenUrl = '';
  const asked: string[] = [];
  let tagged = true;

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { method, url = '', headers } = request;
    if (url.startsWith('/token')) {
      tokenUrl = url;
      const known = headers.authorization === BASIC;
      return void response.writeHead(known ? 200 : 401).end(known ? '{"token":"t-1"}' : '{}');
    }
    if (headers.authorization !== 'Bearer t-1') {
      const challenge = `Bearer realm="${origin}/token",service="registry.example.com",scope="repository:team/osiris/a:pull,delete"`;
      return void response.writeHead(401, { 'www-authenticate': challenge }).end();
    }
    asked.push(`${method} ${url}`);
    if (method === 'DELETE') tagged = false;
    response.writeHead(method === 'DELETE' ? 202 : tagged ? 200 : 404, { 'docker-content-digest': DIGEST }).end();
  };
  beforeAll(async () => {
    server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const as = (user: string): { registry: Registry; reference: string } => {
    const registry = parseRegistryUrl(`${origin.replace('//', `//${user}@`)}/team`);
    return { registry, reference: `${registry.host}/team/osiris/a:1` };
  };

  it('refuses whom it does not know', async () => {
    const { registry, reference } = as('hub:wrong');
    await expect(removeFromRegistry(reference, DIGEST, { registry })).rejects.toMatchObject({ code: 'IMAGE_PUSH_REFUSED' });
    expect(asked).toEqual([]);
  });

  it('gives a token for what is to be done, and loses the tag alone', async () => {
    const { registry, reference } = as('hub:pass%2Fword');
    expect(await removeFromRegistry(reference, DIGEST, { registry })).toBe('removed');
    expect(Object.fromEntries(new URLSearchParams(tokenUrl.split('?')[1]))).toEqual({ service: 'registry.example.com', scope: 'repository:team/osiris/a:pull,delete' });
    expect(asked).toEqual(['HEAD /v2/team/osiris/a/manifests/1', 'DELETE /v2/team/osiris/a/manifests/1']);
    expect(await removeFromRegistry(reference, DIGEST, { registry })).toBe('absent');
  });

  it('is asked for nothing outside its prefix', async () => {
    const { registry } = as('hub:pass%2Fword');
    await expect(removeFromRegistry(`${registry.host}/other/a:1`, DIGEST, { registry })).rejects.toThrow('is no name of an image in');
  });
});
