import { GitRepository } from './git-repository';

/** What the hostile app found when it tried the walls: each name says what it would have been. */
export interface Walls {
  /** Addresses and ports that took a connection. */
  connected: string[];
  /** Names that were resolved. */
  resolved: string[];
  /** Files that could be opened for reading, or written, and must not be. */
  opened: string[];
  written: string[];
}

/** Bombs: started by the variable BOMB, a second after it answers. */
export type Bomb = 'fork' | 'memory' | 'disk' | 'log';

/**
 * An app that is nobody's friend. `/walls?dial=host:port,…&scan=1` tries each way out that it knows; with the variable BOMB it
 * ruins what it can. `needsRoot`: it does not come up where it cannot write to its root.
 */
export function hostileApp(root: string, slug: string, { needsRoot = false } = {}): GitRepository {
  return GitRepository.of(root, slug, {
    Dockerfile: 'FROM node:20-slim\nCOPY server.js /app/server.js\nEXPOSE 3000\nCMD ["node", "/app/server.js"]\n',
    'README.md': '# Hostile\n\nTries each way out.\n',
    'server.js': needsRoot ? `require('node:fs').writeFileSync('/app/started', '');\n${SERVER}` : SERVER,
  });
}

const SERVER = `const { createServer } = require('node:http');
const { connect } = require('node:net');
const { promises: dns } = require('node:dns');
const { networkInterfaces } = require('node:os');
const { spawn } = require('node:child_process');
const fs = require('node:fs');

const dial = (target) => new Promise((resolve) => {
  const at = target.lastIndexOf(':');
  const socket = connect({ host: target.slice(0, at), port: Number(target.slice(at + 1)), timeout: 1500 });
  const done = (reached) => { socket.destroy(); resolve(reached ? target : null); };
  socket.once('connect', () => done(true));
  socket.once('timeout', () => done(false));
  socket.once('error', () => done(false));
});
const own = () => Object.values(networkInterfaces()).flat().filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address);
const neighbours = () => own().flatMap((address) => {
  const net = address.split('.').slice(0, 3).join('.');
  return Array.from({ length: 32 }, (_, at) => net + '.' + (at + 1)).filter((other) => other !== address).flatMap((other) => [other + ':3000', other + ':8080']);
});
const attempt = (work) => { try { work(); return true; } catch { return false; } };
const nothing = fs.statSync('/dev/null').rdev;
// A file that is masked is an empty one, or /dev/null itself.
const readFile = (path) => attempt(() => { if (fs.statSync(path).rdev === nothing || fs.readFileSync(path, { flag: 'r' }).length === 0) throw new Error('masked'); });
const openDevice = (path) => attempt(() => { fs.closeSync(fs.openSync(path, 'r')); if (fs.statSync(path).rdev === nothing) throw new Error('masked'); });
const dialSocket = (path) => new Promise((resolve) => {
  const socket = connect({ path });
  socket.once('connect', () => { socket.destroy(); resolve(path); });
  socket.once('error', () => resolve(null));
});
// What is there already: a file of its own in some memory of its own is no way out.
const write = (path, text) => attempt(() => fs.writeFileSync(path, text, { flag: 'r+' }));
const make = (path) => attempt(() => fs.writeFileSync(path, 'x', { flag: 'w' }));

async function walls(query) {
  const targets = [...(query.get('dial') ?? '').split(',').filter(Boolean), ...(query.has('scan') ? neighbours() : [])];
  const connected = (await Promise.all(targets.map(dial))).filter(Boolean);
  const names = ['example.com', 'host.docker.internal', 'gateway.docker.internal', 'metadata.google.internal', 'registry'];
  const resolved = [];
  await Promise.all(names.map((name) => dns.lookup(name).then(() => resolved.push(name), () => undefined)));
  const opened = (await Promise.all(['/var/run/docker.sock', '/run/docker.sock', '/run/containerd/containerd.sock', '/host/var/run/docker.sock'].map(dialSocket))).filter(Boolean);
  opened.push(...['/dev/mem', '/dev/kmem', '/dev/port', '/dev/kmsg', '/dev/sda', '/dev/vda', '/dev/vda1', '/dev/nvme0n1', '/dev/fuse', '/dev/kvm', '/dev/net/tun'].filter(openDevice));
  opened.push(...['/proc/timer_list', '/proc/sched_debug', '/sys/firmware/dmi/tables/DMI', '/sys/kernel/security/lsm'].filter(readFile));
  // What the checks find where something is there.
  if (query.has('self')) opened.push(...['/dev/zero'].filter(openDevice), ...['/proc/version'].filter(readFile));
  const written = [['/proc/sysrq-trigger', 'h'], ['/proc/sys/kernel/core_pattern', '|/x'], ['/proc/sys/vm/panic_on_oom', '1'], ['/proc/1/oom_score_adj', '-999'], ['/sys/kernel/uevent_helper', '/x'], ['/sys/fs/cgroup/release_agent', '/x'],
    ['/sys/fs/cgroup/rdma/release_agent', '/x'], ['/sys/fs/cgroup/memory/memory.limit_in_bytes', '-1'], ['/sys/fs/cgroup/memory.max', 'max'], ['/app/server.js', '']].filter(([path, text]) => write(path, text)).map(([path]) => path);
  written.push(...['/evil', '/etc/evil', '/app/evil', '/var/tmp/evil', '/usr/bin/evil'].filter(make));
  return { connected, resolved, opened, written };
}

const BOMBS = {
  fork() {
    let forked = 0;
    for (let more = true; more && forked < 2000; ) {
      try {
        const child = spawn(process.execPath, ['-e', 'setTimeout(() => 0, 60000)']);
        child.on('error', (error) => { console.log('fork stopped by ' + error.code + ' after ' + forked); });
        if (child.pid === undefined) more = false;
        else forked++;
      } catch (error) { console.log('fork stopped by ' + error.code + ' after ' + forked); more = false; }
    }
  },
  memory() {
    const held = [];
    setInterval(() => { held.push(Buffer.alloc(32 * 1024 * 1024, 1)); }, 5);
  },
  disk() {
    const block = Buffer.alloc(4 * 1024 * 1024, 1);
    for (const path of ['/tmp/fill', '/run/fill', '/dev/shm/fill', '/fill', '/app/fill', '/var/tmp/fill']) {
      let bytes = 0;
      try {
        const file = fs.openSync(path, 'w');
        for (; bytes < 2e9; bytes += block.length) fs.writeSync(file, block);
      } catch (error) { console.log('disk ' + path + ' stopped by ' + error.code + ' after ' + bytes); continue; }
      console.log('disk ' + path + ' took ' + bytes);
    }
  },
  log() {
    const line = Buffer.from(('x'.repeat(1023) + '\\n').repeat(64));
    for (let left = 1e9; left > 0; left -= line.length) fs.writeSync(1, line);
    console.log('log written');
  },
};

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://hostile');
  if (url.pathname !== '/walls') return response.end('up');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(await walls(url.searchParams)));
}).listen(3000, '0.0.0.0', () => {
  const bomb = BOMBS[process.env.BOMB];
  if (bomb) setTimeout(bomb, 1000);
});
`;
