import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { baseEnv, createLogger, ScratchFolders } from '../src';

const root = mkdtempSync(join(tmpdir(), 'osiris-scratch-'));
const logger = createLogger('build', 'test', baseEnv.parse({ NATS_URL: 'nats://127.0.0.1:1', OSIRIS_HOME: root, LOG_LEVEL: 'fatal' }));
const host = hostname().replace(/[^A-Za-z0-9.-]/g, '-');
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('only what nobody alive has is removed', async () => {
  const own = await new ScratchFolders(root, logger).make();
  const gone = spawnSync('true').pid;
  const lived = [`${host}~${process.ppid}~abc`, 'stranger~1~abc'];
  const left = [`${host}~${gone}~abc`, `${host}~${process.pid}~abc`, 'stranger~1~old'];
  for (const name of [...lived, ...left]) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'file'), 'x');
  }
  const longAgo = new Date(Date.now() - 72 * 3_600_000);
  utimesSync(join(root, 'stranger~1~old'), longAgo, longAgo);
  await new ScratchFolders(root, logger).removeLeftovers();
  expect(readdirSync(root).sort()).toEqual([basename(own), ...lived].sort());
});

test('a folder is gone after its use, also where that failed, and a root that is not there is no error', async () => {
  const folders = new ScratchFolders(join(root, 'not', 'yet'), logger);
  await folders.removeLeftovers();
  await expect(folders.use((folder) => Promise.reject(new Error(folder)))).rejects.toThrow(folders.root);
  expect(readdirSync(folders.root)).toEqual([]);
});
