import { Complaint } from './console.mjs';

/** Settings that docs/operations.md announces and nothing reads so far, each with the values that ask for nothing. */
const toCome = {
  SERVICE_MANIFEST_PATH: [],
};

/**
 * Says which settings have no effect yet, rather than letting someone believe that they do.
 * @param {NodeJS.ProcessEnv} env
 * @param {(line: string) => void} warn
 * @throws {Complaint} where containers are asked for elsewhere than on the engine: running them here would not do instead
 */
export function checkSettings(env, warn) {
  const placement = env.RUNNER_PLACEMENT || 'engine';
  if (placement !== 'engine') throw new Complaint(`RUNNER_PLACEMENT must be engine, not ${JSON.stringify(placement)}: containers run on the one engine at DOCKER_HOST`, 78);
  for (const [name, neutral] of Object.entries(toCome)) {
    const value = env[name];
    if (value && !neutral.includes(value)) warn(`${name} is not used yet`);
  }
}
