import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { which } from './commands.mjs';
import { Complaint } from './console.mjs';
import { natsCredentials } from './identity.mjs';
import { keptPort } from './ports.mjs';

/**
 * A NATS server of the hub's own: JetStream on disk under OSIRIS_HOME, reachable from this machine alone and with the
 * hub's password.
 * @param {import('./paths.mjs').HomePaths} paths
 * @returns {Promise<{ url: string, port: number, command: string, args: string[] }>} how the guard runs it; `url` holds the password: for the services' environment, never for a log
 */
export async function planNats(paths) {
  const server = which('nats-server');
  if (!server) throw new Complaint('nats-server is missing: install it (Debian: apt-get install nats-server) or set NATS_URL; without it the hub cannot run');
  mkdirSync(paths.nats, { recursive: true });
  const port = await keptPort(join(paths.nats, 'port'));
  const config = join(paths.nats, 'nats.conf');
  const credentials = natsCredentials(paths);
  writeFileSync(config, configuration(port, join(paths.nats, 'store'), credentials), { mode: 0o600 });
  chmodSync(config, 0o600); // a file of an earlier start keeps its mode when it is written anew
  const spec = { command: server, args: ['--config', config], pidFile: join(paths.nats, 'nats.pid') };
  return { url: `nats://${credentials.user}:${credentials.password}@127.0.0.1:${port}`, port, command: process.execPath, args: [fileURLToPath(new URL('guard.mjs', import.meta.url)), JSON.stringify(spec)] };
}

/** @param {number} port @param {string} store @param {{ user: string, password: string }} credentials */
function configuration(port, store, { user, password }) {
  return `# Written by the launcher at every start.
listen: "127.0.0.1:${port}"
server_name: osiris
authorization { user: ${JSON.stringify(user)}, password: ${JSON.stringify(password)} }
# A search answer with its facets, or a whole page of log lines, is more than the default of 1 MB.
max_payload: 8MB
jetstream {
  store_dir: ${JSON.stringify(store)}
  max_memory_store: 64MB
  max_file_store: 8GB
}
`;
}

/** Whether a NATS server greets there. @param {string} host @param {number} port @returns {Promise<boolean>} */
export function natsAnswers(port, host = '127.0.0.1') {
  return new Promise((done) => {
    const socket = connect(port, host);
    const end = (/** @type {boolean} */ value) => {
      socket.destroy();
      done(value);
    };
    socket.setTimeout(1000, () => end(false));
    socket.once('error', () => end(false));
    socket.once('data', (data) => end(data.toString().startsWith('INFO ')));
  });
}
