import { DomainError } from '@osiris/contracts';
import type { Registry } from './registry-url';

/** How long one answer may take, in milliseconds. */
const LIMIT_MS = 15_000;
/** Longest answer that is read: a list of tags, a token. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * The registry's own API (https://github.com/opencontainers/distribution-spec/blob/main/spec.md), for what an engine has no
 * call for. Credentials go to the registry's own address and, as its token scheme wants it
 * (https://distribution.github.io/distribution/spec/auth/token/), to the address that it names, by TLS alone unless the
 * registry itself is spoken to without.
 */
export class RegistryApi {
  private token: string | null = null;

  constructor(private readonly registry: Registry) {}

  /** `path` begins with `/v2/`. @throws DomainError REGISTRY_UNAVAILABLE where no registry answers, or with a 5xx or 429 */
  async ask(method: 'GET' | 'HEAD' | 'DELETE', path: string, headers: Record<string, string> = {}): Promise<Response> {
    const first = await this.send(method, path, headers);
    const challenge = first.status === 401 ? /^Bearer (.*)$/i.exec(first.headers.get('www-authenticate') ?? '')?.[1] : undefined;
    const answer = challenge !== undefined && (await this.fetchToken(challenge)) ? await this.send(method, path, headers) : first;
    if (answer.status >= 500 || answer.status === 429) throw this.unavailable(`answered ${answer.status}`);
    return answer;
  }

  /** The body as JSON. @throws DomainError REGISTRY_UNAVAILABLE where it is none, or endless */
  async json(answer: Response): Promise<unknown> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    try {
      for await (const chunk of answer.body ?? []) {
        bytes += (chunk as Uint8Array).length;
        if (bytes > MAX_ANSWER_BYTES) throw new Error(`more than ${MAX_ANSWER_BYTES} bytes`);
        chunks.push(chunk as Uint8Array);
      }
      return JSON.parse(Buffer.concat(chunks).toString('utf8'));
    } catch (error) {
      throw this.unavailable('gave an answer that cannot be read', error);
    }
  }

  private async send(method: string, path: string, headers: Record<string, string>): Promise<Response> {
    const { host, secure, credentials } = this.registry;
    const authorization = this.token !== null ? `Bearer ${this.token}` : credentials !== null ? basic(credentials) : undefined;
    try {
      // Not followed: a redirect would take the credentials' place for granted. None of the calls here has one.
      return await fetch(`${secure ? 'https' : 'http'}://${apiHost(host)}${path}`, {
        method,
        headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
        redirect: 'manual',
        signal: AbortSignal.timeout(LIMIT_MS),
      });
    } catch (error) {
      throw this.unavailable('cannot be reached', error);
    }
  }

  /** @param challenge `realm="https://auth.example.com/token",service="registry.example.com",scope="repository:a/b:delete"` */
  private async fetchToken(challenge: string): Promise<boolean> {
    const parts = Object.fromEntries([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    const realm = URL.parse(parts['realm'] ?? '');
    if (realm === null || !(realm.protocol === 'https:' || (realm.protocol === 'http:' && !this.registry.secure))) return false;
    for (const name of ['service', 'scope']) if (parts[name] !== undefined) realm.searchParams.set(name, parts[name]);
    const { credentials } = this.registry;
    const answer = await fetch(realm, { headers: credentials ? { authorization: basic(credentials) } : {}, redirect: 'manual', signal: AbortSignal.timeout(LIMIT_MS) }).catch((error: unknown) => {
      throw this.unavailable('names a server for its tokens that cannot be reached', error);
    });
    if (!answer.ok) return false;
    const body = (await this.json(answer)) as { token?: unknown; access_token?: unknown } | null;
    const token = body?.token ?? body?.access_token;
    this.token = typeof token === 'string' ? token : null;
    return this.token !== null;
  }

  private unavailable(what: string, cause?: unknown): DomainError {
    return new DomainError('REGISTRY_UNAVAILABLE', `The registry ${this.registry.host} ${what}`, { retryAfterSeconds: 10, cause });
  }
}

/** Docker Hub answers under another name than its images begin with. */
const apiHost = (host: string): string => (host === 'docker.io' ? 'registry-1.docker.io' : host);

function basic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
