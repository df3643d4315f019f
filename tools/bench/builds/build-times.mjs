import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../../launcher/commands.mjs';
import { Complaint } from '../../launcher/console.mjs';
import { followBuilds, registerBuilt } from './build-events.mjs';

/**
 * @typedef {{ hub: number[], docker: number[] }} Times milliseconds, pairs in order
 * @typedef {{ app: string, noCache: Times, cached: Times, unchanged: number[] }} BuildTimes `unchanged`: of the job, from queued to succeeded
 */

/**
 * Builds one repository by the hub and its folder by `docker build`, in turns, on the same engine: all steps anew, and all
 * steps from the cache. The hub's time is the whole of it: from the request to the event that it has succeeded.
 * @param {import('../hub-process.mjs').HubProcess} hub @param {string} path @param {number} pairs @param {(note: string) => void} note
 * @returns {Promise<BuildTimes>}
 */
export async function compareBuilds(hub, path, pairs, note) {
  const app = await registerBuilt(hub, path);
  const builds = await followBuilds(hub, app.id);
  let turn = 0;
  const byHub = async (/** @type {object} */ body) => {
    const began = performance.now();
    const { id } = await hub.json(`/apps/${app.id}/builds`, { method: 'POST', body });
    const build = await builds.succeeded(id);
    return { ms: performance.now() - began, build };
  };
  const docker = await commandWithBuildKit();
  const byDocker = async (/** @type {string[]} */ args) => {
    const began = performance.now();
    const result = await run(docker, ['--host', hub.dockerHost, 'build', ...args, '--tag', 'osiris-bench-peer', path], { env: { ...process.env, DOCKER_BUILDKIT: '1' } });
    if (result.code !== 0) throw new Error(`docker build: ${result.output.slice(-2000)}`);
    return performance.now() - began;
  };
  // An argument that the Dockerfile does not name changes nothing of what is built, but is not what was built before.
  const ways = {
    noCache: { hub: () => byHub({ noCache: true }), docker: () => byDocker(['--no-cache']) },
    cached: { hub: () => byHub({ args: { TURN: String(++turn) } }), docker: () => byDocker(['--build-arg', `TURN=${++turn}`]) },
  };
  try {
    /** @type {Record<'noCache' | 'cached', Times>} */
    const times = { noCache: { hub: [], docker: [] }, cached: { hub: [], docker: [] } };
    for (const way of /** @type {const} */ (['noCache', 'cached'])) {
      // The first of each loads what the later ones find loaded.
      await ways[way].hub();
      await ways[way].docker();
      for (let pair = 0; pair < pairs; pair++) {
        note(`${app.name}, ${way === 'noCache' ? 'no cache' : 'cached'}: pair ${pair + 1} of ${pairs}`);
        for (const who of pair % 2 === 0 ? /** @type {const} */ (['hub', 'docker']) : /** @type {const} */ (['docker', 'hub'])) {
          times[way][who].push(who === 'hub' ? (await ways[way].hub()).ms : await ways[way].docker());
        }
      }
    }
    note(`${app.name}, unchanged`);
    const unchanged = [];
    for (let again = 0; again < 20; again++) {
      const { build } = await byHub({});
      if (!build.reused) throw new Error(`an unchanged commit was built anew: ${JSON.stringify(build)}`);
      unchanged.push(Date.parse(build.completedAt) - Date.parse(build.queuedAt));
    }
    return { app: app.name, ...times, unchanged };
  } finally {
    builds.close();
    await run(docker, ['--host', hub.dockerHost, 'rmi', 'osiris-bench-peer']);
  }
}

/**
 * A `docker` that builds with the engine's BuildKit: of a machine's several, one that is newer than 23 does so only with a
 * plugin, which may be missing.
 * @returns {Promise<string>} @throws {Complaint} where there is none
 */
async function commandWithBuildKit() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const path of folders.map((folder) => join(folder, 'docker')).filter((path) => existsSync(path))) {
    const { code, output } = await run(path, ['build', '--help'], { env: { ...process.env, DOCKER_BUILDKIT: '1' } });
    if (code === 0 && !/buildx.*(missing|broken)/i.test(output)) return path;
  }
  throw new Complaint('there is no docker command that builds with BuildKit (its buildx plugin is missing)');
}
