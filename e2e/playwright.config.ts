import { defineConfig } from '@playwright/test';
import { join } from 'node:path';

/**
 * End-to-end scenarios against a hub of their own, which the global set-up starts with `node tools/start.mjs` and ends.
 * What is here knows the hub by its public interface alone: REST, WebSocket, previews, pages, and the launcher's files.
 */
export default defineConfig({
  testDir: __dirname,
  outputDir: join(__dirname, '../test-results/e2e'),
  globalSetup: join(__dirname, 'hub/global-setup.ts'),
  // One hub, one engine, one machine: scenarios that share them would only measure each other.
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // As in the medium tier: what passed at the second attempt alone is named at the end of the tests.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: process.env.E2E_REPORT ?? join(__dirname, '../test-results/e2e.json') }]],
  use: {
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      // As root there is no sandbox to be had; the rest keeps the browser from calling home.
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
    },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  // In this order: what kills services comes last.
  projects: [
    { name: 'api', testDir: join(__dirname, 'api') },
    { name: 'web', testDir: join(__dirname, 'web') },
    { name: 'resilience', testDir: join(__dirname, 'resilience') },
  ],
});
