import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'nats';
import { which } from './commands.mjs';
import { natsAnswers, planNats } from './nats.mjs';
import { homePaths, root } from './paths.mjs';
import { machineEnv, serviceEnv, services } from './services.mjs';
import { checkSettings } from './settings-to-come.mjs';

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

test('the servers beside the services are given none of the hub’s secrets', () => {
  const secrets = { SIGNING_KEYS: 'k', S3_SECRET_KEY: 's', OSIRIS_TOKENS: 't', DATABASE_URL: 'd', NATS_URL: 'nats://u:p@h' };
  assert.deepEqual(machineEnv({ ...secrets, PATH: '/bin', HTTPS_PROXY: 'http://proxy' }), { PATH: '/bin', HTTPS_PROXY: 'http://proxy' });
});

test('a setting that nothing reads yet is said, a placement that does not exist is refused', () => {
  /** @type {string[]} */
  const said = [];
  checkSettings({ SERVICE_MANIFEST_PATH: '/m', WARM_POOL_SIZE: '0', RUNNER_PLACEMENT: 'engine' }, (line) => said.push(line));
  assert.deepEqual(said, ['SERVICE_MANIFEST_PATH is not used yet']);
  assert.throws(() => checkSettings({ RUNNER_PLACEMENT: 'swarm' }, () => {}), /RUNNER_PLACEMENT must be engine, not "swarm"/);
});

test('the hub’s own nats-server lets in by its password alone, kept for its owner', { skip: !which('nats-server') }, async (context) => {
  const home = mkdtempSync(join(tmpdir(), 'osiris-nats-'));
  context.after(() => rmSync(home, { recursive: true, force: true }));
  const paths = homePaths({ OSIRIS_HOME: home });
  const first = await planNats(paths);
  assert.equal(new URL(first.url).password, new URL((await planNats(paths)).url).password);
  for (const file of [join(paths.nats, 'nats.conf'), join(paths.keys, 'nats-password')]) assert.equal(statSync(file).mode & 0o777, 0o600);

  const child = spawn(first.command, first.args, { stdio: ['pipe', 'ignore', 'ignore'] });
  context.after(async () => {
    child.stdin.end();
    await new Promise((done) => child.once('exit', done));
  });
  for (let waited = 0; waited < 5000 && !(await natsAnswers(first.port)); waited += 50) await pause(50);
  const { username: user, password: pass } = new URL(first.url);
  const servers = `127.0.0.1:${first.port}`;
  await assert.rejects(connect({ servers, reconnect: false }), /Authorization Violation/i);
  await assert.rejects(connect({ servers, user, pass: 'wrong', reconnect: false }), /Authorization Violation/i);
  await (await connect({ servers, user, pass, reconnect: false })).close();
});
