import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from '../../launcher/build.mjs';
import { step } from '../../launcher/console.mjs';
import { root } from '../../launcher/paths.mjs';

/**
 * @typedef {import('../../../apps/ingestion/fixtures/labelled-trees').Judgement} Judgement
 * @typedef {import('../../../apps/ingestion/fixtures/labelled-trees').Counts} Counts
 * @typedef {Judgement & { seconds: number }} TagResults
 */

/** Reads every labelled tree as the hub does and compares its tags with what a person would have written. @returns {Promise<TagResults>} */
export async function measureTags() {
  await build();
  const require = createRequire(import.meta.url);
  require('./require-typescript.cjs');
  /** @type {typeof import('../../../apps/ingestion/fixtures/labelled-trees')} */
  const { judge, labelledTrees } = require(join(root, 'apps/ingestion/fixtures/labelled-trees.ts'));
  return step('judge the tags of labelled repositories', async () => {
    const began = performance.now();
    const judgement = await judge(labelledTrees(join(root, 'apps/ingestion/fixtures/labelled')));
    return { ...judgement, seconds: (performance.now() - began) / 1000 };
  });
}
