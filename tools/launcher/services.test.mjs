import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './paths.mjs';
import { serviceEnv, services } from './services.mjs';

/** Names that a service's env.ts declares: the keys of its zod schema. @param {string} name */
function declared(name) {
  const folder = join(root, 'apps', name, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /(^|[/\\])env\.ts$/.test(path));
  return files.flatMap((path) => [...readFileSync(join(folder, path), 'utf8').matchAll(/^\s+([A-Z][A-Z0-9_]+):/gm)].map((match) => match[1] ?? ''));
}

for (const service of services) {
  test(`${service.name} is given every setting that it reads`, { skip: !existsSync(join(root, 'apps', service.name, 'src')) }, () => {
    const missing = declared(service.name).filter((key) => serviceEnv(service, { [key]: 'set' })[key] !== 'set' && !['HOST', 'LOG_PRETTY'].includes(key));
    assert.deepEqual(missing, []);
  });
}

test('a service is given no other service’s secrets, and only the gateway is told of HOST', () => {
  const env = { SIGNING_KEYS: 'k', S3_SECRET_KEY: 's', OSIRIS_TOKENS: 't', DATABASE_URL: 'd', HOST: '0.0.0.0' };
  const given = Object.fromEntries(services.map((service) => [service.name, serviceEnv(service, env)]));
  assert.deepEqual(Object.keys(given).filter((name) => given[name]?.S3_SECRET_KEY), ['artifact']);
  assert.deepEqual(Object.keys(given).filter((name) => given[name]?.OSIRIS_TOKENS), ['gateway']);
  assert.deepEqual(Object.keys(given).filter((name) => given[name]?.DATABASE_URL), ['catalog']);
  assert.deepEqual(Object.keys(given).filter((name) => given[name]?.SIGNING_KEYS).sort(), ['artifact', 'gateway']);
  assert.deepEqual(Object.keys(given).filter((name) => given[name]?.HOST === '0.0.0.0'), ['gateway']);
});
