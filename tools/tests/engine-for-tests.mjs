import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBaseImages } from '../launcher/base-images.mjs';
import { run } from '../launcher/commands.mjs';
import { say, step, warn } from '../launcher/console.mjs';
import { waitForEngine } from '../launcher/engine-api.mjs';
import { planEngine } from '../launcher/engine.mjs';
import { homePaths } from '../launcher/paths.mjs';
import { asRoot } from '../launcher/system-parts.mjs';

/**
 * An engine for the tests: the one that answers, else one of their own, which ends with them. Sets DOCKER_HOST, and BUILD_MEMORY_CGROUP where builds have a control group.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<() => Promise<void>>} ends what was started
 */
export async function engineForTests(env) {
  const paths = homePaths({ OSIRIS_HOME: mkdtempSync(join(tmpdir(), 'osiris-tests-')) });
  const plan = await planEngine(env, paths, 'tests');
  if (plan.kind === 'none') {
    warn(`no container engine (${plan.reason}): what needs one will fail`);
    return async () => {};
  }
  process.env.DOCKER_HOST = plan.host;
  let end = async () => {};
  if (plan.kind === 'own') {
    if (plan.buildsCgroup) process.env.BUILD_MEMORY_CGROUP = plan.buildsCgroup;
    const guard = spawn(plan.command, plan.args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    const gone = new Promise((done) => guard.once('exit', done));
    guard.stdin.on('error', () => {});
    end = async () => {
      guard.stdin.end('stop\n');
      await gone;
      const [command = 'true', ...rest] = [...((await asRoot()) ?? []), 'rm', '-rf', paths.home];
      await run(command, rest);
    };
    await step('container engine', () => waitForEngine(plan.host, 30_000, () => guard.exitCode === null));
  }
  await step('base images', () => ensureBaseImages(plan.host, say)).catch((error) => warn(`base images: ${error.message}`));
  return end;
}
