import { join } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Workers are JavaScript files, so the built ones serve, also where this file runs from `src` (in tests).
 * The young generation is kept small: it is what a thread holds on to for garbage, three times over.
 */
export function startWorker(name: 'search' | 'build' | 'merge', options: WorkerOptions & { youngMb: number }): Worker {
  const { youngMb, ...rest } = options;
  return new Worker(join(__dirname, '..', '..', 'dist', 'thread', `${name}.worker.js`), {
    name: `osiris-${name}`,
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
    ...rest,
  });
}
