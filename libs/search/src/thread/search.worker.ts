import { parentPort } from 'node:worker_threads';
import { IndexHost } from './index-host';
import { mergeInWorker } from './merge-in-worker';
import type { Call, Reply } from './messages';

/** Entry of the thread that has the index. */
const host = new IndexHost(mergeInWorker);

/** Answers travel together, but none waits for a slower one longer than this, in milliseconds. */
const TOGETHER_MS = 2;

parentPort?.on('message', (calls: readonly Call[]) => {
  let replies: Reply[] = [];
  let begun = performance.now();
  for (const call of calls) {
    replies.push(host.answer(call));
    if (performance.now() - begun < TOGETHER_MS) continue;
    parentPort?.postMessage(replies);
    replies = [];
    begun = performance.now();
  }
  if (replies.length > 0) parentPort?.postMessage(replies);
});
