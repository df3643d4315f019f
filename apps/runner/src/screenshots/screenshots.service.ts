import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV, LOGGER, type Logger } from '@osiris/service-kit';
import { chromium, type Page } from 'playwright-core';
import type { RunnerEnv } from '../env';
import { browserPath } from './browser-path';
import { openSealedBrowser, removeBrowserLeftovers } from './sealed-browser';

/** Pixels of CSS, as many as of the picture. */
export const SCREENSHOT_SIZE = { width: 1280, height: 800 } as const;
const LOAD_WITHIN_MS = 15_000;
/** A page that never rests (a clock, a stream of events) is taken as it is by then. */
const SETTLE_WITHIN_MS = 3_000;
/** What comes in slowly once all is there: fonts, a first animation. */
const FADE_IN_MS = 500;
const TAKE_WITHIN_MS = 10_000;
/** All of it; the browser is killed then. */
const WHOLE_WITHIN_MS = 40_000;
/** Larger ones are noise, and no picture for a card. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Takes pictures of apps as a browser shows them. */
@Injectable()
export class Screenshots implements OnModuleInit {
  private readonly executable: string | undefined;

  constructor(
    @Inject(ENV) private readonly env: RunnerEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.executable = browserPath(env.CHROMIUM_PATH, env.PATH);
    if (this.executable === undefined) this.logger.info('There is no Chromium here: apps get no screenshot. Install chromium, or set CHROMIUM_PATH');
  }

  async onModuleInit(): Promise<void> {
    await removeBrowserLeftovers(this.env.HUB_ID).catch((error: unknown) => this.logger.warn({ err: error }, 'What a former browser has written could not be removed'));
  }

  /**
   * A picture (PNG) of what the app answers for "/". Never throws: undefined where there is no browser, or nothing to be seen.
   * @param address `host:port`
   */
  async take(address: string, signal: AbortSignal): Promise<Buffer | undefined> {
    if (this.executable === undefined || signal.aborted) return undefined;
    try {
      const browser = await openSealedBrowser(this.executable, address, { hubId: this.env.HUB_ID, path: this.env.PATH });
      const enough = AbortSignal.any([signal, AbortSignal.timeout(WHOLE_WITHIN_MS)]);
      // Killed, it ends whatever is waited for.
      enough.addEventListener('abort', () => void browser.end(), { once: true });
      try {
        return await this.takeWith(browser.devtools, address);
      } finally {
        await browser.end();
      }
    } catch (error) {
      this.logger.warn({ err: error, address }, 'No screenshot could be taken');
      return undefined;
    }
  }

  private async takeWith(devtools: string, address: string): Promise<Buffer | undefined> {
    const browser = await chromium.connectOverCDP(devtools, { timeout: LOAD_WITHIN_MS });
    const context = await browser.newContext({ viewport: SCREENSHOT_SIZE, deviceScaleFactor: 1, acceptDownloads: false, serviceWorkers: 'block', reducedMotion: 'reduce' });
    const page = await context.newPage();
    const answer = await page.goto(`http://${address}/`, { waitUntil: 'load', timeout: LOAD_WITHIN_MS });
    // "Not found" is no picture of an app: one that has no first page is an interface for programs.
    if (!answer || answer.status() >= 400) return undefined;
    await page.waitForLoadState('networkidle', { timeout: SETTLE_WITHIN_MS }).catch(() => undefined);
    await page.waitForTimeout(FADE_IN_MS);
    if (!(await hasSomething(page))) return undefined;
    const picture = await page.screenshot({ type: 'png', animations: 'disabled', caret: 'hide', timeout: TAKE_WITHIN_MS });
    return picture.length <= MAX_BYTES ? picture : undefined;
  }
}

function hasSomething(page: Page): Promise<boolean> {
  return page.evaluate("(document.body?.innerText ?? '').trim() !== '' || document.querySelector('img, canvas, svg, video, iframe, input, button') !== null");
}
