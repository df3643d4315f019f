import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserPath } from './browser-path';

it('takes what is configured, else the first that is on the path and can be run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'browser-path-'));
  try {
    expect(browserPath(undefined, folder)).toBeUndefined();
    writeFileSync(join(folder, 'chromium'), '');
    writeFileSync(join(folder, 'google-chrome'), '');
    chmodSync(join(folder, 'google-chrome'), 0o755);
    expect(browserPath(undefined, `:/nowhere:${folder}`)).toBe(join(folder, 'google-chrome'));
    expect(browserPath('/opt/browser', folder)).toBe('/opt/browser');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
