import type { Page } from '@playwright/test';
import { expect } from '../page/contract-test';

/** Later than all of the corpus. */
const NOW = new Date('2026-01-01T12:00:00Z');

/** Takes away what is not the page's own doing: the time, and word of what this machine lacks. */
export async function steady(page: Page): Promise<void> {
  await page.clock.setFixedTime(NOW);
  await page.route('**/readyz', (route) => route.fulfill({ json: { status: 'ready', service: 'gateway', dependencies: {} } }));
  // The one font that is the machine's own; the page brings the others along.
  await page.addInitScript(`document.addEventListener('DOMContentLoaded', () => document.documentElement.style.setProperty('--font-code', "'Instrument Sans Variable'"))`);
}

/** Waits until every font is there. @throws where any letter of the page is drawn in a font that the page did not bring */
export async function expectOwnFonts(page: Page): Promise<void> {
  await page.evaluate('document.fonts.ready');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument', { depth: 0 });
  // Elements with text in what is seen; those for screen readers alone are clipped to a pixel.
  await page.evaluate(`for (const element of document.querySelectorAll('body *')) {
    const { width, height, top, bottom } = element.getBoundingClientRect();
    const seen = width > 1 && height > 1 && bottom > 0 && top < innerHeight;
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '') || element.matches('input');
    element.toggleAttribute('data-drawn-text', seen && hasText && element.tagName !== 'OPTION');
  }`);
  const { nodeIds } = await devtools.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: '[data-drawn-text]' });
  const foreign = new Set<string>();
  for (const nodeId of nodeIds) {
    const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId });
    for (const { familyName, isCustomFont } of fonts) if (!isCustomFont) foreign.add(familyName);
  }
  await devtools.detach();
  expect([...foreign], 'fonts of this machine').toEqual([]);
}
