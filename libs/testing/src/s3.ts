import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port';

const run = promisify(execFile);

/** A running S3 server with one user; everything it stores is in memory and gone with `stop`. */
export interface S3Server {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
  stop(): Promise<void>;
}

/** How long the three daemons may take together, in milliseconds; 10 to 20 s is usual on two cores. */
const START_LIMIT_MS = 90_000;

/**
 * Starts a real Ceph radosgw on a free loopback port: one monitor and one object store daemon that keeps its objects
 * in memory, in a folder of its own. Needs the programs ceph-mon, ceph-osd and radosgw.
 * @throws Error where one of the daemons ends or the gateway does not answer within 90 s.
 */
export async function startS3(): Promise<S3Server> {
  const home = await mkdtemp(join(tmpdir(), 'osiris-s3-'));
  const daemons: ChildProcess[] = [];
  const endAtExit = (): void => daemons.forEach((daemon) => daemon.kill('SIGKILL'));
  process.once('exit', endAtExit);

  const stop = async (): Promise<void> => {
    process.removeListener('exit', endAtExit);
    // The gateway first: it would wait for the others.
    for (const daemon of [...daemons].reverse()) await ended(daemon);
    await rm(home, { recursive: true, force: true });
  };

  try {
    const monitorPort = await freePort();
    const port = await freePort();
    const fsid = randomUUID();
    const conf = join(home, 'ceph.conf');
    await Promise.all(['osd', 'rgw', 'crash'].map((folder) => mkdir(join(home, folder))));
    await writeFile(conf, configuration({ home, fsid, monitorPort, port }));
    const env = { ...process.env, CEPH_CONF: conf };
    const call = (program: string, ...args: string[]) => run(program, args, { env, timeout: START_LIMIT_MS });
    const serve = (program: string, ...args: string[]): void => {
      daemons.push(spawn(program, ['-f', ...args], { env, stdio: 'ignore' }));
    };

    const monmap = join(home, 'monmap');
    await call('monmaptool', '--create', '--fsid', fsid, '--addv', 'a', `[v2:127.0.0.1:${monitorPort}]`, monmap);
    await call('ceph-mon', '--mkfs', '-i', 'a', '--fsid', fsid, '--monmap', monmap);
    serve('ceph-mon', '-i', 'a');
    await call('ceph', 'osd', 'create');
    await call('ceph-osd', '--mkfs', '-i', '0', '--osd-uuid', randomUUID());
    serve('ceph-osd', '-i', '0');
    serve('radosgw', '-n', 'client.rgw');

    const accessKey = `test-${randomBytes(6).toString('hex')}`;
    const secretKey = randomBytes(20).toString('hex');
    await call('radosgw-admin', 'user', 'create', '--uid=test', '--display-name=test', `--access-key=${accessKey}`, `--secret-key=${secretKey}`);
    const endpoint = `http://127.0.0.1:${port}`;
    await answering(endpoint, daemons);
    return { endpoint, accessKey, secretKey, region: 'us-east-1', stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ended(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null || daemon.pid === undefined) return;
  const exit = new Promise((resolve) => daemon.once('exit', resolve));
  // Nothing it holds is worth a clean shutdown.
  daemon.kill('SIGKILL');
  await exit;
}

async function answering(endpoint: string, daemons: ChildProcess[]): Promise<void> {
  const giveUp = Date.now() + START_LIMIT_MS;
  while (Date.now() < giveUp) {
    const dead = daemons.find((daemon) => daemon.exitCode !== null || daemon.signalCode !== null);
    if (dead) throw new Error(`${dead.spawnfile} ended with ${dead.exitCode ?? dead.signalCode}`);
    const answer = await fetch(endpoint, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new Error(`radosgw did not answer within ${START_LIMIT_MS} ms`);
}

function configuration(at: { home: string; fsid: string; monitorPort: number; port: number }): string {
  return `[global]
fsid = ${at.fsid}
mon_host = [v2:127.0.0.1:${at.monitorPort}]
mon_initial_members = a
public_addr = 127.0.0.1
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
# radosgw asks for "secure" by default, which needs the keys that "none" does without.
ms_mon_client_mode = crc
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_pool_default_pg_autoscale_mode = off
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 2000
osd_crush_chooseleaf_type = 0
osd_objectstore = memstore
memstore_device_bytes = 2147483648
osd_class_load_list = *
osd_class_default_list = *
mon_data = ${at.home}/mon
osd_data = ${at.home}/osd
rgw_data = ${at.home}/rgw
crash_dir = ${at.home}/crash
run_dir = ${at.home}
log_file = ${at.home}/$name.log
admin_socket =
pid_file = ${at.home}/$name.pid
keyring = ${at.home}/keyring
# What was removed leaves the memory soon: by default it stays for two hours, and a store that is full takes no more, silently.
rgw_gc_obj_min_wait = 1
rgw_gc_processor_period = 1
rgw_gc_processor_max_time = 1
# Without tcp_nodelay each small GET takes 44 ms.
rgw_frontends = beast endpoint=127.0.0.1:${at.port} tcp_nodelay=1
`;
}
