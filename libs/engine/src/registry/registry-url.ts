import { inspect } from 'node:util';
import { parseImageReference } from '../images/image-reference';

export interface RegistryCredentials {
  username: string;
  password: string;
}

/** A registry of container images, as REGISTRY_URL names it. Shown, serialized or logged, it never tells its credentials. */
export class Registry {
  readonly #credentials: RegistryCredentials | null;

  constructor(
    /** As image names begin: `registry.example.com`, `localhost:5000`. */
    readonly host: string,
    /** What stands between the host and an image's own path, without slashes at its ends; mostly empty. */
    readonly prefix: string,
    /** Whether it is spoken to by TLS. */
    readonly secure: boolean,
    credentials: RegistryCredentials | null,
  ) {
    this.#credentials = credentials;
  }

  /** Secret. Null: nobody is asked who they are. */
  get credentials(): RegistryCredentials | null {
    return this.#credentials;
  }

  /** `https://registry.example.com/team`, for people. */
  toString(): string {
    return `${this.secure ? 'https' : 'http'}://${this.host}${this.prefix === '' ? '' : `/${this.prefix}`}`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return `Registry(${this.toString()})`;
  }
}

/**
 * Reads `http(s)://[user:password@]host[:port][/prefix]`; user and password percent-encoded, the prefix in lower case.
 * @throws Error that says what is wrong, without the URL: it may hold a password
 */
export function parseRegistryUrl(text: string): Registry {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw new Error('must be http(s)://[user:password@]host[:port][/prefix]');
  }
  if (url.search !== '' || url.hash !== '') throw new Error('must have neither a query nor a fragment');
  if ((url.username === '') !== (url.password === '')) throw new Error('must have both a user and a password, or neither');
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '');
  const secure = url.protocol === 'https:';
  // In an image's name only a dot, a port or "localhost" tells a host from the first part of a path; and without a port
  // an engine would try 443 first.
  const needsPort = !secure || (!/[.:]/.test(url.hostname) && url.hostname !== 'localhost');
  const port = url.port || (needsPort ? (secure ? '443' : '80') : '');
  const host = port === '' ? url.hostname : `${url.hostname}:${port}`;
  if (parseImageReference(`${host}/${prefix === '' ? '' : `${prefix}/`}app`) === null) {
    throw new Error('must have a host and a prefix of which image names can be made: lower case letters, digits, ".", "_", "-", "/"');
  }
  const credentials = url.username === '' ? null : { username: decode(url.username), password: decode(url.password) };
  return new Registry(host, prefix, secure, credentials);
}

/** The name under which an image is in the registry: `osiris/a/b:tag` → `registry.example.com/prefix/osiris/a/b:tag`. */
export function registryReference(registry: Registry, name: string): string {
  return `${registry.host}/${registry.prefix === '' ? '' : `${registry.prefix}/`}${name}`;
}

/** Whether an image of this name is one of this registry's, below its prefix. */
export function isOfRegistry(registry: Registry, reference: string): boolean {
  return reference.startsWith(registryReference(registry, ''));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error('must have its user and password percent-encoded');
  }
}
