import { existsSync } from 'node:fs';
import { run, tail, which } from './commands.mjs';
import { step, warn } from './console.mjs';

/**
 * @typedef {{ title: string, packages: string[], present: () => boolean, without: string, service?: string }} SystemPart
 * `packages`: Debian's; `without`: what does not work where the part is missing; `service`: a system service that the
 * package would start and that the hub has no use for.
 */

/** @type {Record<'git' | 'nats' | 'engine' | 'postgres' | 'chromium' | 'ceph' | 'registry' | 'busybox', SystemPart>} */
export const systemParts = {
  git: { title: 'git', packages: ['git'], present: () => Boolean(which('git')), without: 'no repository can be fetched' },
  nats: { title: 'nats-server', packages: ['nats-server'], present: () => Boolean(which('nats-server')), without: 'the hub cannot run (or set NATS_URL)', service: 'nats-server' },
  engine: {
    title: 'container engine',
    packages: ['docker.io', 'iptables', 'iproute2'],
    present: () => Boolean(which('dockerd') && which('containerd') && which('iptables') && which('ip')),
    without: 'nothing is built or launched',
  },
  postgres: { title: 'PostgreSQL', packages: ['postgresql'], present: () => existsSync('/usr/lib/postgresql') || Boolean(which('initdb')), without: 'the tests on PostgreSQL fail', service: 'postgresql' },
  chromium: { title: 'chromium', packages: ['chromium'], present: () => Boolean(which('chromium')), without: 'the end-to-end tests fail, and those of screenshots' },
  ceph: {
    title: 'Ceph object gateway',
    packages: ['radosgw', 'ceph-mon', 'ceph-osd'],
    present: () => Boolean(which('radosgw') && which('ceph-mon') && which('ceph-osd')),
    without: 'the tests on S3 fail',
  },
  registry: { title: 'docker-registry', packages: ['docker-registry'], present: () => Boolean(which('docker-registry')), without: 'the tests on a registry of images fail', service: 'docker-registry' },
  busybox: { title: 'busybox-static', packages: ['busybox-static'], present: () => Boolean(which('busybox')), without: 'base images cannot be made where no registry answers' },
};

/**
 * Runs a command as root: directly, or with sudo where that asks no password.
 * @returns {string[] | undefined} what to put before the command; undefined where there is no way
 */
export async function asRoot() {
  if (process.getuid?.() === 0) return [];
  return which('sudo') && (await run('sudo', ['-n', 'true'])).code === 0 ? ['sudo', '-n'] : undefined;
}

/**
 * Installs the parts that are missing, in one go.
 * @param {SystemPart[]} parts
 * @returns {Promise<{ part: SystemPart, reason: string }[]>} those that could not be had, each already said
 */
export async function installMissing(parts) {
  const missing = parts.filter((part) => !part.present());
  if (missing.length === 0) return [];
  const packages = missing.flatMap((part) => part.packages);
  const before = which('apt-get') ? await asRoot() : undefined;
  const reason = before ? await aptInstall(before, packages, missing) : which('apt-get') ? 'it needs root or a sudo that asks no password' : 'there is no apt-get here';
  const absent = missing.filter((part) => !part.present());
  for (const part of absent) warn(`${part.title} is missing and could not be installed (${reason}): install ${part.packages.join(' ')} (Debian's names); without it ${part.without}`);
  return absent.map((part) => ({ part, reason: reason ?? 'not there after the installation' }));
}

/**
 * @param {string[]} before
 * @param {string[]} packages
 * @param {SystemPart[]} parts
 * @returns {Promise<string | undefined>} why it failed
 */
async function aptInstall(before, packages, parts) {
  const apt = (/** @type {string[]} */ ...args) => {
    const [command = '', ...rest] = [...before, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return run(command, rest);
  };
  const install = () => apt('install', '-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', ...packages);
  try {
    await step(`install ${packages.join(' ')}`, async (note) => {
      let result = await install();
      if (result.code !== 0) {
        note('refreshing the package lists');
        await apt('update', '-q');
        note('');
        result = await install();
      }
      if (result.code !== 0) throw new Error(tail(result.output, 3));
    });
  } catch (error) {
    return error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error);
  }
  await quietServices(before, parts);
  return undefined;
}

/**
 * Debian's packages start their servers at once and at every boot; the hub runs servers of its own and leaves no other behind.
 * @param {string[]} before
 * @param {SystemPart[]} parts
 */
async function quietServices(before, parts) {
  if (!existsSync('/run/systemd/system')) return;
  for (const { service } of parts) {
    if (!service) continue;
    const [command = '', ...rest] = [...before, 'systemctl', 'disable', '--now', service];
    await run(command, rest);
  }
}
