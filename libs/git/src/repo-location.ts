import { parseRepoUrl, type RepoUrlPolicy } from '@osiris/contracts';

/** A checked repository URL, taken apart the way git is to be handed it. */
export interface RepoLocation {
  protocol: 'https' | 'http' | 'ssh' | 'git' | 'file';
  /** Lower case, IPv6 without brackets; empty for file. */
  host: string;
  port: number;
  /** Without password, and for http(s) without user: it shows in the process list. */
  url: string;
  /** For `Authorization: Basic`; only http(s). Secret. */
  credentials: { user: string; password: string } | null;
  /** For file: the absolute path. */
  path: string;
}

const DEFAULT_PORTS = { https: 443, http: 80, ssh: 22, git: 9418, file: 0 } as const;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @throws DomainError REPO_URL_INVALID, HOST_NOT_ALLOWED */
export function locate(repoUrl: string, policy: RepoUrlPolicy): RepoLocation {
  const { protocol, host, publicUrl, credentials } = parseRepoUrl(repoUrl, policy);
  const path = protocol === 'file' ? decoded(publicUrl.slice('file://'.length)) : '';
  const [user = '', ...password] = protocol === 'http' || protocol === 'https' ? (credentials ?? '').split(':') : [];
  const port = Number(/^[a-z]+:\/\/[^/]*:(\d+)(\/|$)/.exec(publicUrl)?.[1] ?? DEFAULT_PORTS[protocol]);
  return {
    protocol, host, port, path,
    url: publicUrl,
    credentials: user || password.length > 0 ? { user: decoded(user), password: decoded(password.join(':')) } : null,
  };
}
