import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { tail } from '../../launcher/commands.mjs';
import { root } from '../../launcher/paths.mjs';
import { CatalogStandIn } from './catalog-stand-in.mjs';
import { gitEnv } from './git-env.mjs';

const built = createRequire(import.meta.url);
const repositories = 40;
const jobs = 400;
const warmUp = 80;

/**
 * Ingestions a second, of tiny repositories of this machine, through the service as it is started, with its defaults, and a
 * NATS of its own.
 * @param {string} folder @param {number} runs @param {(text: string) => void} note
 * @returns {Promise<{ jobs: number, perSecond: number[] }>}
 */
export async function measureTiny(folder, runs, note) {
  const { startNats, freePort } = built(join(root, 'libs/testing/dist/index.js'));
  const { ingestJob } = built('@osiris/contracts');
  const paths = makeTiny(join(folder, 'tiny'));
  const nats = await startNats();
  const catalog = await CatalogStandIn.start(nats.url);
  const log = join(folder, 'ingestion-output.txt');
  const output = openSync(log, 'w');
  const port = (await freePort()) - 102;
  const env = { PATH: process.env.PATH, HOME: folder, NATS_URL: nats.url, PORT: String(port), HUB_ID: 'bench', OSIRIS_HOME: join(folder, 'home'), GIT_ALLOWED_ROOTS: join(folder, 'tiny') };
  const service = spawn(process.execPath, [join(root, 'apps/ingestion/dist/main.js')], { cwd: root, env, stdio: ['ignore', output, output] });
  const ended = once(service, 'exit');
  try {
    await ready(port + 102, service, log);
    const jetstream = catalog.connection.jetstream();
    let made = 0;
    const some = async (/** @type {number} */ count) => {
      const ids = Array.from({ length: count }, () => `ing_${String(++made).padStart(10, '0')}`);
      const before = catalog.ended.size;
      const began = performance.now();
      await Promise.all(ids.map((ingestionId, index) => {
        const payload = { attempt: 1, ingestionId, appId: 'app_0123456789', slug: 'acme/tiny', repoUrl: `file://${paths[index % paths.length]}`, ref: null, dockerfilePath: null };
        return jetstream.publish(ingestJob.subject, Buffer.from(JSON.stringify(payload)), { msgID: ingestionId });
      }));
      await catalog.untilEnded(before + count);
      return count / ((Math.max(...ids.map((id) => catalog.ended.get(id) ?? NaN)) - began) / 1000);
    };
    note('warming up');
    await some(warmUp);
    const perSecond = [];
    for (let run = 0; run < runs; run++) {
      note(`run ${run + 1} of ${runs}`);
      perSecond.push(await some(jobs));
    }
    return { jobs, perSecond };
  } finally {
    service.kill('SIGTERM');
    await ended;
    closeSync(output);
    await catalog.stop();
    await nats.stop();
  }
}

/**
 * What it takes to find an unchanged repository of this machine unchanged.
 * @param {string} folder @param {number} runs
 * @returns {Promise<{ processes: number, checks: number, medianMs: number[] }>}
 */
export async function measureRecheck(folder, runs) {
  const { GitFetcher } = built(join(root, 'libs/git/dist/index.js'));
  const [path = ''] = makeTiny(join(folder, 'recheck'), 1);
  const fetcher = () => new GitFetcher({ allowedRoots: [join(folder, 'recheck')], allowPrivateHosts: false, timeoutMs: 60_000, maxBytes: 2 ** 30 });
  const request = { repoUrl: `file://${path}`, ref: null, scratchParent: join(folder, 'scratch') };
  const processes = await callsOfGit(join(folder, 'recheck'), fetcher(), request);
  const git = fetcher();
  const ask = () => git.lsRemote(request);
  await ask();
  const checks = 200;
  const medianMs = [];
  for (let run = 0; run < runs; run++) {
    const times = [];
    for (let check = 0; check < checks; check++) {
      const began = performance.now();
      await ask();
      times.push(performance.now() - began);
    }
    medianMs.push(times.sort((a, b) => a - b)[checks >> 1] ?? NaN);
  }
  return { processes, checks, medianMs };
}

/**
 * How often git is started by a second look: by a git in front of the real one, which writes down that it was called.
 * @param {string} folder @param {{ lsRemote(request: object): Promise<unknown> }} git @param {object} request
 */
async function callsOfGit(folder, git, request) {
  const bin = join(folder, 'bin');
  const calls = join(folder, 'calls');
  mkdirSync(bin);
  const { PATH = '' } = process.env;
  const real = PATH.split(delimiter).map((entry) => join(entry, 'git')).find(existsSync);
  writeFileSync(join(bin, 'git'), `#!/bin/sh\necho x >> '${calls}'\nexec '${real}' "$@"\n`, { mode: 0o755 });
  process.env.PATH = `${bin}${delimiter}${PATH}`;
  try {
    await git.lsRemote(request);
    rmSync(calls, { force: true });
    await git.lsRemote(request);
    return readFileSync(calls, 'utf8').trim().split('\n').length;
  } finally {
    process.env.PATH = PATH;
  }
}

/** @param {string} folder @param {number} [count] @returns {string[]} their paths */
function makeTiny(folder, count = repositories) {
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, `tiny-${index}`);
    mkdirSync(join(path, 'src'), { recursive: true });
    const files = {
      'README.md': `# Tiny ${index}\n\nA very small app, number ${index}.\n`,
      Dockerfile: 'FROM node:20-slim\nCOPY . .\nEXPOSE 3000\nCMD ["node", "src/server.js"]\n',
      'package.json': JSON.stringify({ name: `tiny-${index}`, dependencies: { express: '^5.0.0' } }),
      'src/server.js': `require('express')().listen(3000); // ${index}\n`,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
    for (const args of [['init', '--quiet', '--initial-branch=main'], ['add', '.'], ['commit', '--quiet', '-m', 'x']]) execFileSync('git', args, { cwd: path, env: gitEnv });
    return path;
  });
}

/** @param {number} port @param {import('node:child_process').ChildProcess} service @param {string} log */
async function ready(port, service, log) {
  for (let tries = 0; tries < 600; tries++) {
    if (service.exitCode !== null) throw new Error(`the ingestion service did not start:\n${tail(readFileSync(log, 'utf8'))}`);
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error('the ingestion service does not get ready');
}
