import type { SegmentLimits } from '../src/segments/limits';

/** What only large catalogues have otherwise (sets, pairs, hot ranges, trees of terms): here a handful of documents has it. */
export const LOW_LIMITS: SegmentLimits = { denseRow: 2, pairedTerms: 4, pairsFrom: 1, hotEntries: 3, hotShare: 0.1, hotTags: 12, typosAtOnce: 1 };
