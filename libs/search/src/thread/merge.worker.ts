import { parentPort, workerData } from 'node:worker_threads';
import type { Bitset } from '../segments/bitset';
import { type PackedSegment, packSegment, unpackSegment } from '../segments/pack';
import { mergeSegments } from '../segments/segment-writer';

export interface MergePart {
  segment: PackedSegment;
  alive: Bitset;
}

/** Entry of the thread that merges once and ends. */
const parts = workerData as readonly MergePart[];
parentPort?.postMessage(packSegment(mergeSegments(parts.map(({ segment, alive }) => ({ segment: unpackSegment(segment), alive })))));
