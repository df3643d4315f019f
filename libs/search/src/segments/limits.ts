/** From where on a segment keeps something ready. Tests set them low: what only large catalogues have is tried on small ones. */
export interface SegmentLimits {
  /** Documents that a row must hold to be kept as a set, whatever its share. */
  denseRow: number;
  /** Of the most frequent terms, how many take part in pairs; the pairs are a table of its square. */
  pairedTerms: number;
  /** Documents below which there are no pairs: so few are looked through in no time. */
  pairsFrom: number;
  /** What a range of terms must cost, in entries of lists, for its sets to be kept… */
  hotEntries: number;
  /** …and as a share of the documents: at a million a set takes 125 kB. */
  hotShare: number;
  /** Tags beyond which a hot range's counts are not kept: the column would be longer than counting takes. */
  hotTags: number;
  /** Terms from which the tree of terms is made at once; else when it is first asked for. */
  typosAtOnce: number;
}

export const SEGMENT_LIMITS: SegmentLimits = {
  denseRow: 512,
  pairedTerms: 256,
  pairsFrom: 8_192,
  hotEntries: 65_536,
  hotShare: 1 / 4,
  hotTags: 4_096,
  typosAtOnce: 4_096,
};
