import { parentPort } from 'node:worker_threads';
import { IndexHost } from './index-host';
import { mergeInWorker } from './merge-in-worker';
import type { Call } from './messages';

/** Entry of the thread that has the index. */
const host = new IndexHost(mergeInWorker);

parentPort?.on('message', (calls: readonly Call[]) => {
  parentPort?.postMessage(calls.map((call) => host.answer(call)));
});
