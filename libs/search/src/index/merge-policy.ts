import type { LiveSegment } from '../segments/segment-state';

/** So few documents that joining such segments costs some milliseconds: done at once. */
const TINY = 128;
const MOST_TINY = 4;
/** Beyond either, segments are joined in the background. */
const MOST_SMALL = 3;
const LARGE_SHARE = 1 / 8;
/** A small index is joined as a whole rather than by share. */
const WORTHWHILE = 4_096;

/** Tiny segments that should be one, now. */
export function tinySegments(segments: readonly LiveSegment[]): LiveSegment[] {
  const tiny = segments.filter(({ segment }) => segment.documents < TINY);
  return tiny.length > MOST_TINY ? tiny : [];
}

/**
 * Segments to join in the background: all, once what is not in the largest, or dead in it, has grown to a good share;
 * else the smaller ones, once there are many.
 */
export function segmentsToMerge(segments: readonly LiveSegment[]): LiveSegment[] {
  if (segments.length === 0) return [];
  const largest = segments.reduce((a, b) => (b.segment.documents > a.segment.documents ? b : a));
  const others = segments.filter((live) => live !== largest);
  const changed = others.reduce((sum, { segment }) => sum + segment.documents, 0) + largest.dead;
  if (changed > Math.max(WORTHWHILE, largest.segment.documents * LARGE_SHARE)) return [...segments];
  const small = others.filter(({ segment }) => segment.documents >= TINY);
  return small.length > MOST_SMALL ? small : [];
}
