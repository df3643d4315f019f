import { type PackedSegment, packSegment, unpackSegment } from '../segments/pack';
import type { Segment } from '../segments/segment';
import type { SegmentState } from '../segments/segment-state';
import type { MergePart } from './merge.worker';
import { startWorker } from './worker-files';

const YOUNG_MB = 32;

/** Merges in a thread that lives no longer than that takes. The columns are shared, not copied. */
export function mergeInWorker(parts: readonly SegmentState[]): Promise<Segment> {
  const workerData = parts.map(({ segment, alive }): MergePart => ({ segment: packSegment(segment), alive }));
  const worker = startWorker('merge', { workerData, youngMb: YOUNG_MB });
  return new Promise<Segment>((resolve, reject) => {
    worker.once('message', (packed: PackedSegment) => resolve(unpackSegment(packed)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The merge ended with ${code}`)));
  });
}
