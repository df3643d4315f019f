import { defineConfig } from '@playwright/test';
import { join } from 'node:path';
import endToEnd from '../playwright.config';

const results = join(__dirname, '../../test-results');

/**
 * What the front end promises, against a hub of its own that holds a small catalogue, always the same, and has no
 * engine: what is shown depends on nothing else. See README.md beside this file.
 */
export default defineConfig({
  ...endToEnd,
  outputDir: join(results, 'contract'),
  globalSetup: join(__dirname, 'catalogue/global-setup.ts'),
  // On two busy cores; on quiet ones a test takes a second.
  timeout: 60_000,
  expect: {
    timeout: 10_000,
    toHaveScreenshot: {
      // Less of a colour than an eye tells apart (pixelmatch's measure), and of fewer pixels than the dot of an app's state has.
      threshold: 0.01,
      maxDiffPixels: 20,
      animations: 'disabled',
      caret: 'hide',
      scale: 'css',
    },
  },
  // A picture that is missing is a failure. To renew them: --update-snapshots.
  updateSnapshots: 'none',
  reporter: [['list'], ['json', { outputFile: process.env.E2E_REPORT ?? join(results, 'contract.json') }]],
  use: {
    ...endToEnd.use,
    // It would take a quarter of the time. A failure keeps its picture and the page's tree; for more: --trace on.
    trace: 'off',
    deviceScaleFactor: 1,
    locale: 'en-US',
    timezoneId: 'UTC',
    launchOptions: {
      ...endToEnd.use?.launchOptions,
      // Letters and colours as the browser draws them by itself, not as a machine's settings have it.
      args: [...(endToEnd.use?.launchOptions?.args ?? []), '--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb', '--disable-gpu'],
    },
  },
  // They only look: two files at a time do not disturb each other.
  workers: 2,
  projects: [
    // No platform in the names: every machine draws the same.
    { name: 'contract', testDir: __dirname, testIgnore: 'live/**', snapshotPathTemplate: '{testDir}/snapshots/{arg}{ext}' },
    // What changes the catalogue comes afterwards.
    { name: 'live', testDir: join(__dirname, 'live'), dependencies: ['contract'] },
  ],
});
