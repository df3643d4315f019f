import { type ChildProcess, spawn } from 'node:child_process';
import { chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The user that nothing belongs to. */
const NOBODY = 65_534;
const START_WITHIN_MS = 10_000;
const LOOK_MS = 25;
/** Its end also where this service was killed before it could end it. */
const LONGEST_SECONDS = 90;

/** What it writes lies under the system's folder for such things, where nobody may go; the hub's own may be closed to it. */
const folderOf = (hubId: string): string => join(tmpdir(), `osiris-browser-${hubId}-`);

/** A browser that reaches one address and nothing else. */
export interface SealedBrowser {
  /** `ws://…` of its DevTools (https://chromedevtools.github.io/devtools-protocol/). */
  readonly devtools: string;
  /** Kills it with all of its processes, and removes what it has written. Idempotent. */
  end(): Promise<void>;
}

/**
 * What it shows is a stranger's, so it is kept as a sandbox is: it runs as nobody where this service is root, which also lets
 * it have its own sandbox, with a profile of its own that goes with it; every address but the app's is sent to a proxy that is
 * not there, names are not resolved, and no UDP leaves. When memory runs short it is the first to go.
 */
const arguments_ = (home: string, address: string): string[] => [
  '--headless=new',
  '--remote-debugging-port=0',
  `--user-data-dir=${join(home, 'profile')}`,
  // `<-loopback>`: without it loopback addresses would go past the proxy.
  '--proxy-server=http://127.0.0.1:9',
  `--proxy-bypass-list=<-loopback>;${address}`,
  `--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE ${address.replace(/:\d+$/, '')}`,
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-quic',
  '--disable-extensions',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--hide-scrollbars',
  '--mute-audio',
  '--no-first-run',
  '--no-default-browser-check',
  '--renderer-process-limit=2',
  '--js-flags=--max-old-space-size=256',
  'about:blank',
];

/**
 * Starts one.
 * @param address `host:port` of the app
 * @param of `path`: folders with programs, as in PATH
 * @throws Error where it does not come up
 */
export async function openSealedBrowser(executable: string, address: string, { hubId, path }: { hubId: string; path: string }): Promise<SealedBrowser> {
  const home = await mkdtemp(folderOf(hubId));
  const asNobody = process.getuid?.() === 0;
  if (asNobody) await chown(home, NOBODY, NOBODY);
  // Nothing of this service's environment: the hub's secrets are in there.
  const env = { HOME: home, TMPDIR: home, PATH: path, LANG: 'C.UTF-8', DBUS_SESSION_BUS_ADDRESS: 'disabled:' };
  const child = spawn('timeout', ['--signal=KILL', String(LONGEST_SECONDS), executable, ...arguments_(home, address)], { env, cwd: home, detached: true, stdio: ['ignore', 'ignore', 'pipe'], ...(asNobody ? { uid: NOBODY, gid: NOBODY } : {}) });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-1_000)));
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? code}: ${said}`));
  });
  const end = async (): Promise<void> => {
    kill(child);
    await gone;
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    if (child.pid !== undefined) await writeFile(`/proc/${child.pid}/oom_score_adj`, '1000').catch(() => undefined);
    return { devtools: await Promise.race([devtoolsIn(home), gone.then((why) => Promise.reject(new Error(`The browser does not start: ${why}`)))]), end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** It writes port and path into its profile once it listens. */
async function devtoolsIn(home: string): Promise<string> {
  for (const until = performance.now() + START_WITHIN_MS; performance.now() < until; await sleep(LOOK_MS)) {
    const [port, path] = (await readFile(join(home, 'profile', 'DevToolsActivePort'), 'utf8').catch(() => '')).split('\n');
    if (port && path) return `ws://127.0.0.1:${port}${path}`;
  }
  throw new Error('The browser did not listen in time');
}

function kill({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}

/** Removes what browsers of a former life of this service have written. They themselves have ended, or do so within their time. */
export async function removeBrowserLeftovers(hubId: string): Promise<void> {
  const prefix = folderOf(hubId);
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name);
    if (folder.startsWith(prefix)) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
