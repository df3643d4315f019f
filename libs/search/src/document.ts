/** What the index knows of an app. */
export interface SearchDocument {
  /** Opaque, ASCII. */
  id: string;
  /** `owner/name`. */
  slug: string;
  name: string;
  description: string;
  /** Text of the README, as far as the hub keeps it. */
  readme: string;
  /** Each `key:value` once. */
  tags: readonly { key: string; value: string }[];
  /** State of the last ingestion, a word of a small set. */
  status: string;
  /** The greater, the sooner found; not negative. */
  popularity: number;
  /** Milliseconds since 1970. */
  createdAt: number;
}

export const SORTS = ['relevance', 'popular', 'recent', 'name'] as const;
export type Sort = (typeof SORTS)[number];
