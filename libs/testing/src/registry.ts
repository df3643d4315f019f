import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port';

/** A real registry of container images (Debian's docker-registry) on a free loopback port. */
export interface TestRegistry {
  /** `127.0.0.1:<port>`: as the names of its images begin. */
  readonly host: string;
  /** As REGISTRY_URL, with user and password where it wants them. */
  readonly url: string;
  /** SIGKILL, as a crash; what it stores stays. */
  kill(): Promise<void>;
  /** Starts again on the same port, with what its folder holds. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestRegistryOptions {
  /** Asks for a user and a password. Default: anybody may do everything. */
  password?: boolean;
  /** Whether manifests can be deleted. Default: true. */
  deletion?: boolean;
}

const USER = 'hub';
/** With what must be percent-encoded in a URL. */
const PASSWORD = 'let me:in/past';
/** bcrypt of PASSWORD: the only hash that the registry takes. */
const HTPASSWD = `${USER}:$2b$04$abcdefghijklmnopqrstuuWuZTL0WX69F5vicTvb49LwTq9c/GcD6\n`;
const START_LIMIT_MS = 20_000;

/** @throws Error where the program is missing or does not answer within 20 s */
export async function startRegistry({ password = false, deletion = true }: TestRegistryOptions = {}): Promise<TestRegistry> {
  const home = await mkdtemp(join(tmpdir(), 'osiris-registry-'));
  const host = `127.0.0.1:${await freePort()}`;
  const config = join(home, 'config.yml');
  await writeFile(join(home, 'htpasswd'), HTPASSWD);
  await writeFile(config, configuration(host, home, deletion, password));
  let server: ChildProcess | undefined;
  const endAtExit = (): void => void server?.kill('SIGKILL');
  process.once('exit', endAtExit);

  const restart = async (): Promise<void> => {
    const child = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
    server = child;
    const missing = new Promise<never>((_resolve, reject) => child.once('error', () => reject(new Error('This test needs docker-registry: apt-get install docker-registry'))));
    await Promise.race([missing, answering(`http://${host}/v2/`, child)]);
  };
  const kill = async (): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  };
  const stop = async (): Promise<void> => {
    process.removeListener('exit', endAtExit);
    await kill();
    await rm(home, { recursive: true, force: true });
  };
  try {
    await restart();
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
  const user = password ? `${USER}:${encodeURIComponent(PASSWORD)}@` : '';
  return { host, url: `http://${user}${host}`, kill, restart, stop };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (const giveUp = Date.now() + START_LIMIT_MS; Date.now() < giveUp; await sleep(25)) {
    if (child.exitCode !== null) throw new Error(`docker-registry ended with ${child.exitCode}`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.status === 200 || answer?.status === 401) return;
  }
  throw new Error(`docker-registry did not answer within ${START_LIMIT_MS} ms`);
}

function configuration(host: string, home: string, deletion: boolean, password: boolean): string {
  const auth = password ? `auth:\n  htpasswd:\n    realm: test\n    path: ${home}/htpasswd\n` : '';
  return `version: 0.1
log:
  level: error
  accesslog:
    disabled: true
storage:
  filesystem:
    rootdirectory: ${home}/images
  delete:
    enabled: ${deletion}
http:
  addr: ${host}
${auth}`;
}
