import type { SearchQuery } from '../query/search-query';

/** A token of a word or phrase, and what it stands for besides itself. */
export interface Word {
  token: string;
  /** Stands for all terms that begin with it. */
  prefix: boolean;
  /** The nearest terms; empty where the token is taken as it is. */
  near: readonly string[];
  /** Two words that were run together; the second as a beginning where the token is a prefix. */
  cuts: readonly (readonly [string, string])[];
}

/** Neighbouring tokens that may have been meant as one. */
export interface Join {
  /** The first of the words that it stands for, and how many they are. */
  from: number;
  length: number;
  token: string;
  prefix: boolean;
}

/** The tokens of all words and phrases in the query's order. */
export function wordsOf({ texts, prefix }: SearchQuery): Word[] {
  const tokens = texts.flatMap((clause) => clause.tokens);
  return tokens.map((token, at) => ({ token, prefix: prefix && at === tokens.length - 1, near: [], cuts: [] }));
}

export const isCorrected = ({ near, cuts }: Word): boolean => near.length > 0 || cuts.length > 0;
