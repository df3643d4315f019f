/**
 * Takes the pictures of the README from a hub that runs with its demo apps: `node e2e/tour.mjs [url] [folder]`
 * (http://localhost:4000, docs/images). No test: a person looks at what it made.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const [url = 'http://localhost:4000', folder = 'docs/images'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
});

/** @param {string} name @param {import('@playwright/test').BrowserContextOptions} options @param {(page: import('@playwright/test').Page) => Promise<void>} visit */
async function picture(name, options, visit) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await visit(page);
  await page.waitForTimeout(800); // images and fonts settle
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(join(folder, `${name}.png`));
  await context.close();
}

/** Launches an app by its slug's end and waits until it is seen in the page. @param {string} name */
async function launch(name) {
  const found = await (await fetch(`${url}/apps?q=${name}&limit=1`)).json();
  const [app] = found.items;
  if (!app) throw new Error(`no app "${name}": is this a hub with its demo apps?`);
  const headers = { 'content-type': 'application/json' };
  const { id } = await (await fetch(`${url}/launches`, { method: 'POST', headers, body: JSON.stringify({ appId: app.id }) })).json();
  return { app, stop: () => fetch(`${url}/launches/${id}`, { method: 'DELETE' }) };
}

try {
  const shelf = async (/** @type {import('@playwright/test').Page} */ page) => {
    await page.goto(`${url}/`);
    await page.getByRole('article').first().waitFor();
  };
  await picture('shelf', {}, shelf);
  await picture('shelf-dark', { colorScheme: 'dark' }, shelf);
  await picture('shelf-phone', { viewport: { width: 360, height: 740 } }, shelf);
  await picture('search', {}, async (page) => {
    await page.goto(`${url}/`);
    await page.locator('#search-box:focus').waitFor();
    await page.getByRole('combobox', { name: 'Search apps' }).click();
    await page.keyboard.type('category:prod');
    await page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option').first().waitFor();
  });
  const { app, stop } = await launch('fractal');
  await picture('watch', {}, async (page) => {
    await page.goto(`${url}/watch/${app.slug}`);
    await page.frameLocator('iframe').getByRole('button', { name: 'Wander' }).waitFor({ timeout: 60_000 });
    await page.waitForTimeout(2500); // the picture sharpens
  });
  await stop();
} finally {
  await browser.close();
}
