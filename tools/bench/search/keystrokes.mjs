import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { which } from '../../launcher/commands.mjs';
import { percentiles } from './measure.mjs';

/** Common beginnings, a filter, several words, a name, and a misspelling. */
const typed = ['react', 'kanban board', 'dashboard', 'language:python', 'invoice studio', 'self-hosted chat', 'music player', 'noets', 'lunar', 'typescript editor', 'shop', 'weather'];
/** As quick typists do. */
const betweenKeysMs = 120;
const settledWithinMs = 3000;

/**
 * Milliseconds from a key going down in the search box until the frame in which the results for it were painted, in
 * Chromium, query by query and letter by letter.
 * @param {number} port of the gateway
 * @param {(note: string) => void} note
 * @returns {Promise<(import('./measure.mjs').Percentiles & { keys: number, missed: number, longest: { typed: string, ms: number }[] }) | null>} null without a Chromium
 */
export async function measureKeystrokes(port, note) {
  const executablePath = process.env.CHROMIUM_PATH || which('chromium');
  if (!executablePath || !existsSync(executablePath)) return null;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript(watchPaints);
    const open = async () => {
      await page.goto(`http://localhost:${port}/`);
      await page.getByRole('combobox').first().click();
      await page.waitForTimeout(1000); // its pictures and rows are there
    };
    await open();
    await page.keyboard.type('warm', { delay: betweenKeysMs });
    /** @type {{ typed: string, ms: number }[]} */
    const painted = [];
    let missed = 0;
    for (const [number, text] of typed.entries()) {
      note(`keystrokes, ${number + 1} of ${typed.length}`);
      await open();
      for (let end = 1; end <= text.length; end++) {
        // A blank alone asks for nothing new.
        const measured = text[end - 1] !== ' ';
        if (measured) await page.evaluate(() => /** @type {any} */ (window).expectPaint());
        await page.keyboard.type(text[end - 1] ?? '');
        if (measured) {
          const ms = await page.evaluate((limit) => /** @type {any} */ (window).paintedAfter(limit), settledWithinMs);
          if (ms === null) missed++;
          else painted.push({ typed: text.slice(0, end), ms });
        }
        await page.waitForTimeout(betweenKeysMs);
      }
    }
    const longest = [...painted].sort((a, b) => b.ms - a.ms).slice(0, 8);
    return { ...percentiles(painted.map(({ ms }) => ms)), keys: painted.length, missed, longest };
  } finally {
    await browser.close();
  }
}

/**
 * Runs in the page. Results are those of what was typed once their region is no longer busy; what is seen is what the
 * frame after that shows.
 */
function watchPaints() {
  const state = { began: 0, painted: /** @type {number | null} */ (null), done: /** @type {((ms: number | null) => void) | null} */ (null) };
  addEventListener('keydown', (event) => {
    if (state.began === -1) state.began = event.timeStamp;
  }, { capture: true });
  const settled = () => {
    if (state.began <= 0 || state.painted !== null || !document.querySelector('[aria-busy="false"]')) return;
    state.painted = 0;
    requestAnimationFrame(() => {
      // A task that the frame puts off until it has been painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        state.painted = performance.now() - state.began;
        state.done?.(state.painted);
      };
      port2.postMessage(null);
    });
  };
  new MutationObserver((changes) => {
    if (changes.some(({ type, target }) => type === 'attributes' || (target instanceof Element && target.closest('[aria-busy]')) || document.querySelector('[aria-busy]'))) settled();
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['aria-busy'] });
  Object.assign(window, {
    expectPaint: () => Object.assign(state, { began: -1, painted: null, done: null }),
    paintedAfter: (/** @type {number} */ limit) =>
      new Promise((done) => {
        if (state.painted) return done(state.painted);
        state.done = done;
        setTimeout(() => done(null), limit);
      }),
  });
}
