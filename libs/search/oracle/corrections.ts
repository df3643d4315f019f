import { distanceTo, distanceToBeginning } from './edit-distance';
import type { ReadDocument } from './read-document';

/** A token of the query's words or phrases, and what it stands for besides itself. */
export interface Asked {
  token: string;
  prefix: boolean;
  /** Stands in a phrase, which is never corrected. */
  phrase: boolean;
  nearest: Set<string>;
  cuts: [string, string][];
}

export const FEW = 5;
const MOST_NEAR = 32;

/** Whether a token of a document is what was asked for, taken at its word. */
export const isAsked = ({ token, prefix }: Pick<Asked, 'token' | 'prefix'>, other: string): boolean => (prefix ? other.startsWith(token) : other === token);

/**
 * @param vocabulary every token of the documents
 */
export function withCorrections(token: string, prefix: boolean, phrase: boolean, documents: readonly ReadDocument[], vocabulary: ReadonlySet<string>): Asked {
  const asked: Asked = { token, prefix, phrase, nearest: new Set(), cuts: [] };
  if (phrase || token.length < 4 || /^\p{N}+$/u.test(token)) return asked;
  const held = documents.filter(({ all }) => all.some((other) => isAsked(asked, other))).length;
  if (held >= FEW) return asked;

  for (let at = 2; at <= token.length - 2; at++) {
    const [left, right] = [token.slice(0, at), token.slice(at)];
    if (documents.some(({ name }) => name.includes(left) && name.some((other) => isAsked({ token: right, prefix }, other)))) asked.cuts.push([left, right]);
  }
  const most = token.length < 8 || asked.cuts.length > 0 ? 1 : 2;
  const distances = [...vocabulary].map((term) => ({ term, distance: prefix ? distanceToBeginning(token, term) : distanceTo(token, term) }));
  const wrong = distances.filter(({ distance }) => distance > 0 && distance <= most);
  const smallest = Math.min(...wrong.map(({ distance }) => distance));
  const near = wrong.filter(({ distance }) => distance === smallest).map(({ term }) => term);
  const unlikeness = (term: string): [number, number] => [Number(term[0] !== token[0]), Math.abs(term.length - token.length)];
  near.sort((a, b) => unlikeness(a)[0] - unlikeness(b)[0] || unlikeness(a)[1] - unlikeness(b)[1] || (a < b ? -1 : 1));
  asked.nearest = new Set(near.slice(0, MOST_NEAR));
  return asked;
}
