import { createHash } from 'node:crypto';
import { get } from 'node:http';
import { followBuilds, registerBuilt } from './build-events.mjs';

const outputBytes = 100 * 1000 * 1000;

/** @typedef {{ bytes: number, lines: number, whole: boolean, grewBytes: Record<string, number>, seconds: number }} OutputResults `grewBytes`: a service's most resident bytes during the build over those before */

/**
 * A build that prints 100 MB, and its log read back.
 * @param {import('../hub-process.mjs').HubProcess} hub @param {string} path made with `makeLoud(folder, outputBytes)`
 * @returns {Promise<OutputResults>}
 */
export async function measureOutput(hub, path) {
  // The first one warms what a first build warms; the one that is measured runs its step anew.
  const app = await registerBuilt(hub, path);
  const builds = await followBuilds(hub, app.id);
  const before = hub.memory();
  const most = { ...before };
  const watch = setInterval(() => {
    for (const [name, bytes] of Object.entries(hub.memory())) most[name] = Math.max(most[name] ?? 0, bytes);
  }, 200);
  try {
    const began = performance.now();
    const { id } = await hub.json(`/apps/${app.id}/builds`, { method: 'POST', body: { noCache: true } });
    await builds.succeeded(id);
    const seconds = (performance.now() - began) / 1000;
    const log = await printed(hub.port, `/builds/${id}/log`);
    const grewBytes = Object.fromEntries(Object.entries(most).map(([name, bytes]) => [name, bytes - (before[name] ?? 0)]));
    return { bytes: outputBytes, lines: log.lines, whole: log.hash === expected(), grewBytes, seconds };
  } finally {
    clearInterval(watch);
    builds.close();
  }
}
export { outputBytes };

/** The step's own lines of a log. @param {number} port @param {string} path @returns {Promise<{ lines: number, hash: string }>} */
function printed(port, path) {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path }, (answer) => {
      const hash = createHash('sha256');
      let lines = 0;
      let rest = '';
      answer.setEncoding('utf8');
      answer.on('data', (text) => {
        const parts = (rest + text).split('\n');
        rest = parts.pop() ?? '';
        for (const line of parts) {
          if (!/^\d{9} x+$/.test(line)) continue;
          lines += 1;
          hash.update(`${line}\n`);
        }
      });
      answer.on('end', () => resolve({ lines, hash: hash.digest('hex') }));
      answer.on('error', reject);
    }).on('error', reject);
  });
}

function expected() {
  const hash = createHash('sha256');
  const line = 'x'.repeat(89);
  for (let at = 1; at <= outputBytes / 100; at++) hash.update(`${String(at).padStart(9, '0')} ${line}\n`);
  return hash.digest('hex');
}
