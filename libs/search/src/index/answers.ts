import type { Sort } from '../document';

/** Where a page ended: the next begins after it, whatever was added or removed meanwhile. */
export interface Position {
  /** By relevance: corrected (0, 1), tier and popularity; popularity; createdAt; the folded name. */
  key: (number | string)[];
  id: string;
}

export interface SearchOptions {
  /** Where the query itself says nothing. */
  sort: Sort;
  /** 1–100. */
  limit: number;
  /** Of the last document of the page before. */
  after?: Position | undefined;
}

export interface FacetCounts {
  key: string;
  values: { value: string; count: number }[];
}

export interface SearchAnswer {
  ids: string[];
  /** Of all matching documents. */
  total: number;
  facets: FacetCounts[];
  /** Position of the last of `ids` where more follow. */
  next: Position | null;
  /** What to highlight: whole tokens, and beginnings. With corrections, also what was found in their place. */
  matched: { token: string; prefix: boolean }[];
  /** Some document is found by a correction only. */
  corrected: boolean;
}

export interface Suggestion {
  kind: 'key' | 'value' | 'app';
  /** Of a tag; empty for an app. */
  key: string;
  /** Of a tag, as written; null for a key alone and for an app. */
  value: string | null;
  /** Id of an app; null otherwise. */
  id: string | null;
  /** Documents that have it. */
  count: number;
}

export interface RelatedDocument {
  id: string;
  /** The greater, the nearer. */
  score: number;
}

export interface IndexStats {
  documents: number;
  /** Each with its documents, the dead included, and its dead. */
  segments: { documents: number; dead: number }[];
  terms: number;
  tags: number;
  /** Of the columns; texts of terms and ids included. */
  bytes: number;
}
