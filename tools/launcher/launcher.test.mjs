import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { run } from './commands.mjs';
import { satisfies } from './dependencies.mjs';
import { demoNames, makeDemoRepository } from './demo-repository.mjs';
import { planNetwork } from './engine-network.mjs';
import { hubId, signingKeys } from './identity.mjs';
import { isSame, markOf } from './liveness.mjs';
import { missingOptional, platformOf } from './lock-file.mjs';
import { LogFile } from './log-file.mjs';
import { shortLine } from './log-lines.mjs';
import { checkNode } from './node-version.mjs';
import { homePaths, root } from './paths.mjs';
import { takeHome, runningHub } from './run-file.mjs';
import { writerToken } from './seed-demos.mjs';
import { delayAfter } from './supervised.mjs';
import { tarStream } from './tar.mjs';

/** @param {import('node:test').TestContext} context */
function scratch(context) {
  const folder = mkdtempSync(join(tmpdir(), 'osiris-launcher-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('an old Node is refused with what to do, a newer one is not', () => {
  assert.throws(() => checkNode('20.18.3'), /Node 20\.19 or newer/);
  assert.throws(() => checkNode('18.20.0'), /Node 20\.19 or newer/);
  for (const version of ['20.19.0', '22.1.0', '24.0.0']) checkNode(version);
});

test('the wait before a restart doubles from 0.2 s to 10 s', () => {
  assert.deepEqual([1, 2, 3, 6, 7, 20].map(delayAfter), [200, 400, 800, 6400, 10_000, 10_000]);
});

test('package-lock.json holds the optional packages of every platform', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  assert.deepEqual(missingOptional(lock.packages).map(([path]) => path), [], 'run node tools/repair-lock.mjs');
  assert.deepEqual(platformOf('@swc/core-linux-arm64-musl'), { os: ['linux'], cpu: ['arm64'], libc: ['musl'] });
  assert.deepEqual(platformOf('@unrs/resolver-binding-win32-x64-msvc'), { os: ['win32'], cpu: ['x64'] });
});

test('package-lock.json names no registry', () => {
  assert.doesNotMatch(readFileSync(join(root, 'package-lock.json'), 'utf8'), /"resolved": "https?:/);
});

test('a tree installed by hand counts where it is what the lock says', () => {
  const lock = { packages: { '': {}, 'apps/a': { version: '1.0.0' }, 'node_modules/x': { version: '1.0.0' }, 'node_modules/y': { version: '2.0.0', optional: true } } };
  assert.equal(satisfies(lock, { packages: { 'node_modules/x': { version: '1.0.0' } } }), true);
  assert.equal(satisfies(lock, { packages: { 'node_modules/x': { version: '1.0.1' } } }), false);
  assert.equal(satisfies(lock, { packages: {} }), false);
});

test('an engine’s network avoids ranges in use and differs by hub', () => {
  const first = planNetwork('000000');
  assert.equal(first.prefix, '10.64.');
  assert.equal(planNetwork('000000', ['10.64.0.0/16', '10.65.3.1/24']).prefix, '10.66.');
  assert.equal(planNetwork('000000', ['10.0.0.0/9', '192.168.0.0/16']).prefix, '10.128.');
  assert.throws(() => planNetwork('000000', ['10.0.0.0/8']), /no free range/);
  // Interface names end at 15 bytes and chains at 28.
  assert.ok(first.bridge.length <= 15 && `${first.chain}-ISOLATION-STAGE-1`.length <= 28);
});

test('each engine gets iptables chains of its own', async (context) => {
  const folder = scratch(context);
  writeFileSync(join(folder, 'iptables'), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
  mkdirSync(join(folder, 'own'));
  writeFileSync(join(folder, 'own', 'iptables'), readFileSync(join(root, 'tools/launcher/iptables-own-chains.sh')), { mode: 0o755 });
  const env = { PATH: `${join(folder, 'own')}:${folder}:/usr/bin:/bin`, OSIRIS_CHAIN: 'OSab12', OSIRIS_SYSTEM_PATH: `${folder}:/usr/bin:/bin` };
  const { output } = await run(join(folder, 'own', 'iptables'), ['--wait', '-A', 'DOCKER-ISOLATION-STAGE-1', '-i', 'docker0', '-j', 'DOCKER'], { env });
  assert.equal(output.trim(), '--wait -A OSab12-ISOLATION-STAGE-1 -i docker0 -j OSab12');
});

test('a tar archive is read by tar as it was meant', async (context) => {
  const folder = scratch(context);
  const long = `${'deep/'.repeat(25)}name.txt`;
  const stream = tarStream([
    { type: 'text', path: long, text: 'long' },
    { type: 'text', path: 'a.txt', text: 'x'.repeat(513), mode: 0o600 },
    { type: 'link', path: 'b', target: 'a.txt' },
  ]);
  const tar = spawn('tar', ['-x', '-C', folder], { stdio: ['pipe', 'inherit', 'inherit'] });
  stream.pipe(tar.stdin);
  assert.equal(await new Promise((done) => tar.on('close', done)), 0);
  assert.equal(readFileSync(join(folder, 'b'), 'utf8').length, 513);
  assert.equal(readFileSync(join(folder, long), 'utf8'), 'long');
});

test('a log is rotated by size and keeps three older files', (context) => {
  const folder = scratch(context);
  const log = new LogFile(join(folder, 'x.log'), { limitBytes: 10 });
  for (const line of ['one 56789', 'two', 'three 789', 'four 6789', 'five 6789', 'six']) log.write(line);
  assert.equal(readFileSync(join(folder, 'x.log'), 'utf8'), 'six\n');
  assert.equal(readFileSync(join(folder, 'x.log.1'), 'utf8'), 'five 6789\n');
  assert.ok(existsSync(join(folder, 'x.log.3')) && !existsSync(join(folder, 'x.log.4')));
});

test('the terminal shows warnings in short, and all of it when asked', () => {
  const quiet = { verbose: false, fromStderr: false };
  const record = JSON.stringify({ level: 50, time: 0, msg: 'it broke', err: { message: 'disk full', code: 'ENOSPC' } });
  assert.match(shortLine('build', record, quiet) ?? '', /build .*error it broke disk full \(ENOSPC\)/);
  for (const level of [30, 'info']) assert.equal(shortLine('build', JSON.stringify({ level, msg: 'hello' }), quiet), undefined);
  assert.match(shortLine('build', JSON.stringify({ level: 'warn', time: '2026-01-01T10:20:30.000Z', msg: 'careful' }), quiet) ?? '', /^10:20:30 build .*warn careful/);
  assert.match(shortLine('build', JSON.stringify({ level: 30, msg: 'hello' }), { ...quiet, verbose: true }) ?? '', /hello/);
  assert.match(shortLine('build', '    at crash.js:1', { ...quiet, fromStderr: true }) ?? '', /crash/);
});

test('identity and keys are made once, the keys for their owner alone', (context) => {
  const paths = homePaths({ OSIRIS_HOME: scratch(context) });
  assert.match(hubId(paths), /^[a-z0-9][a-z0-9-]{0,30}$/);
  assert.equal(hubId(paths), hubId(paths));
  assert.ok(signingKeys(paths).length >= 32);
  assert.equal(signingKeys(paths), signingKeys(paths));
});

test('a home is one launcher’s at a time, and one left by a dead launcher is free', async (context) => {
  const paths = homePaths({ OSIRIS_HOME: scratch(context) });
  await takeHome(paths, 'http://localhost:1');
  assert.equal(runningHub(paths)?.launcher.pid, process.pid);
  await assert.rejects(takeHome(paths, 'http://localhost:1'), /running already at http:\/\/localhost:1/);
  writeFileSync(paths.runFile, JSON.stringify({ launcher: { pid: process.pid, start: 'another time' }, processes: {} }));
  await takeHome(paths, 'http://localhost:2');
  assert.equal(runningHub(paths)?.url, 'http://localhost:2');
});

test('a guarded server ends when its launcher’s end of the pipe closes', async () => {
  const guard = spawn(process.execPath, [join(root, 'tools/launcher/guard.mjs'), JSON.stringify({ command: process.execPath, args: ['-e', 'console.log(process.pid); setInterval(() => {}, 1000)'] })], { stdio: ['pipe', 'pipe', 'inherit'] });
  const pid = Number(await new Promise((done) => guard.stdout.once('data', (data) => done(String(data)))));
  const mark = markOf(pid);
  assert.ok(isSame(mark));
  guard.stdin.destroy();
  await new Promise((done) => guard.once('exit', done));
  for (let waited = 0; waited < 2000 && isSame(mark); waited += 20) await pause(20);
  assert.equal(isSame(mark), false);
});

test('demo apps become the same commit every time', { skip: demoNames().length === 0 }, async (context) => {
  const name = demoNames()[0] ?? '';
  const heads = [];
  for (const folder of [scratch(context), scratch(context)]) {
    const { path, changed } = await makeDemoRepository(name, folder);
    assert.equal(changed, true);
    assert.equal((await makeDemoRepository(name, folder)).changed, false);
    heads.push((await run('git', ['-C', path, 'rev-parse', 'HEAD'])).output);
  }
  assert.equal(heads[0], heads[1]);
});

test('seeding writes with the first token that may', () => {
  assert.equal(writerToken({ OSIRIS_TOKENS: 'a:viewer:one,b:publisher:two:three' }), 'two:three');
  assert.equal(writerToken({}), undefined);
});
