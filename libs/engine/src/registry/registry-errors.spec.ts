import { registryErrorOf } from './registry-errors';
import { parseRegistryUrl } from './registry-url';

const registry = parseRegistryUrl('https://hub:hunter2@registry.example.com/team');

describe('registryErrorOf', () => {
  it.each([
    ['unauthorized: authentication required', 'the user and password of REGISTRY_URL'],
    ['no basic auth credentials', 'the user and password of REGISTRY_URL'],
    ['denied: requested access to the resource is denied', 'does not allow'],
    ['unexpected status from PUT request to https://registry.example.com/v2/a/manifests/1: 403 Forbidden', 'does not allow'],
    ['error parsing HTTP 413 response body: invalid character: "<html>413 Request Entity Too Large</html>"', 'larger than the registry'],
    ['Get "https://registry.example.com/v2/": http: server gave HTTP response to HTTPS client', '"insecure-registries"'],
    ['Get "https://registry.example.com/v2/": x509: certificate signed by unknown authority', '/etc/docker/certs.d/registry.example.com/ca.crt'],
    ['manifest invalid: manifest invalid', 'does not take the image'],
  ])('%s: somebody must change something', (words, says) => {
    const error = registryErrorOf(new Error(words), registry);
    expect(error).toMatchObject({ code: 'IMAGE_PUSH_REFUSED', retryable: false, message: expect.stringContaining(says) as string });
  });

  it.each([
    'Get "https://registry.example.com/v2/": dial tcp 10.0.0.1:443: connect: connection refused',
    'Get "https://registry.example.com/v2/": dial tcp: lookup registry.example.com: no such host',
    'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    'received unexpected HTTP status: 503 Service Unavailable',
    'toomanyrequests: You have reached your pull rate limit',
    'EOF',
  ])('%s: later it may do', (words) => {
    expect(registryErrorOf(new Error(words), registry)).toMatchObject({ code: 'REGISTRY_UNAVAILABLE', retryable: true });
  });

  it.each(['manifest unknown: manifest unknown', 'manifest for registry.example.com/team/a:1 not found: manifest unknown: manifest unknown', 'name unknown: repository name not known to registry'])('%s: there is none', (words) =>
    expect(registryErrorOf(new Error(words), registry)).toBe('absent'),
  );

  it('tells no password, not even where the engine did', () => {
    const error = registryErrorOf(new Error('Get "https://hub:hunter2@registry.example.com/v2/": EOF'), registry);
    expect(`${String(error)} ${String((error as Error).cause)}`).not.toContain('hunter2');
  });
});
