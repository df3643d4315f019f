import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSealedBrowser, removeBrowserLeftovers } from '../src/screenshots/sealed-browser';
import { browserPath } from '../src/screenshots/browser-path';
import { newId } from './test-runner';

const hubId = `test-${newId()}`;
const path = process.env['PATH'] ?? '';
const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(`osiris-browser-${hubId}-`));

it('leaves neither process nor folder behind', async () => {
  const executable = browserPath(undefined, path);
  if (executable === undefined) throw new Error('There is no Chromium here');
  const browser = await openSealedBrowser(executable, '127.0.0.1:1', { hubId, path });
  expect(folders()).toHaveLength(1);
  await browser.end();
  await browser.end();
  expect(folders()).toEqual([]);
  const found = spawn('pgrep', ['-f', `osiris-browser-${hubId}-`]);
  expect(await new Promise((resolve) => found.once('exit', resolve))).toBe(1);
});

it('says why one does not start, and leaves nothing then, too', async () => {
  await expect(openSealedBrowser('/bin/false', '127.0.0.1:1', { hubId, path })).rejects.toThrow('The browser does not start: it ended with 1');
  expect(folders()).toEqual([]);
});

it('removes what one of a killed service has left, and nothing of another hub’s', async () => {
  const other = join(tmpdir(), `osiris-browser-${hubId}x-1`);
  mkdirSync(join(tmpdir(), `osiris-browser-${hubId}-left`, 'profile'), { recursive: true });
  mkdirSync(other);
  await removeBrowserLeftovers(hubId);
  expect(folders()).toEqual([]);
  expect(readdirSync(tmpdir())).toContain(`osiris-browser-${hubId}x-1`);
  await removeBrowserLeftovers(`${hubId}x`);
});
