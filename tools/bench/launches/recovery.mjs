import { setTimeout as pause } from 'node:timers/promises';
import { runningHub } from '../../launcher/run-file.mjs';
import { ask, until } from '../http-client.mjs';

const RUNNER_PORT_OFFSET = 105;
const limitMs = 60_000;

/**
 * Kills the runner (SIGKILL) while launches run: whether their previews answer meanwhile, and when the next runner has found
 * them all.
 * @param {import('../hub-process.mjs').HubProcess} hub
 * @param {readonly string[]} launchIds that run
 * @returns {Promise<{ count: number, foundMs: number, asked: number, refused: number }>} `foundMs`: from the kill until the runner tells of as many previews
 */
export async function killRunner(hub, launchIds) {
  const visits = await Promise.all(launchIds.map((id) => visitor(hub, id)));
  const pid = runningHub(hub.paths)?.processes.runner?.pid;
  if (!pid) throw new Error('the runner does not run');
  let going = true;
  let asked = 0;
  let refused = 0;
  const asking = (async () => {
    while (going) {
      const answers = await Promise.all(visits.map((visit) => visit().catch(() => 0)));
      asked += answers.length;
      refused += answers.filter((status) => status !== 200).length;
      await pause(50);
    }
  })();
  await pause(500);
  const began = performance.now();
  process.kill(pid, 'SIGKILL');
  // Not the figure of the one that was killed.
  await until(async () => ((await previews(hub)) === undefined ? true : undefined), { what: 'the runner to be gone', limitMs });
  await until(async () => ((await previews(hub)) ?? 0) >= launchIds.length || undefined, { what: 'the previews to be found again', limitMs, everyMs: 20 });
  const foundMs = performance.now() - began;
  await pause(2_000);
  going = false;
  await asking;
  const known = await Promise.all(launchIds.map((id) => hub.json(`/launches/${id}`)));
  const lost = known.filter(({ status }) => status !== 'running');
  if (lost.length > 0) throw new Error(`${lost.length} launches are no longer known to run: ${JSON.stringify(lost[0])}`);
  return { count: launchIds.length, foundMs, asked, refused };
}

/** @param {import('../hub-process.mjs').HubProcess} hub @returns {Promise<number | undefined>} containers of launches that the runner knows; undefined where it does not answer */
async function previews(hub) {
  const answer = await ask(hub.port + RUNNER_PORT_OFFSET, '/metrics', { keepAlive: false }).catch(() => undefined);
  const value = /^osiris_runner_previews\{?[^\n]*? (\d+)$/m.exec(answer?.text ?? '')?.[1];
  return value === undefined ? undefined : Number(value);
}

/** @param {import('../hub-process.mjs').HubProcess} hub @param {string} id @returns {Promise<() => Promise<number>>} asks the preview once, as somebody who is in */
async function visitor(hub, id) {
  const { previewUrl } = await hub.json(`/launches/${id}`);
  const { host, pathname, search } = new URL(previewUrl);
  const entry = await ask(hub.port, pathname + search, { headers: { host } });
  const cookie = entry.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  return async () => (await ask(hub.port, '/', { headers: { host, cookie } })).status;
}
