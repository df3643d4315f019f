import { createHash } from 'node:crypto';

export interface BuildInputs {
  commitSha: string;
  dockerfilePath: string;
  target: string | null;
  args: Readonly<Record<string, string>>;
}

/**
 * One key for builds that begin with the same: SHA-256, in hexadecimal. A commit's hash names its content, so the
 * repository's URL is no part of it; what the base images' names stand for is looked at by the builder.
 */
export function inputsKey({ commitSha, dockerfilePath, target, args }: BuildInputs): string {
  const sorted = Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify([commitSha, dockerfilePath, target, sorted])).digest('hex');
}
