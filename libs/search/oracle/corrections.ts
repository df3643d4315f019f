import { distanceTo, distanceToBeginning } from './edit-distance';
import type { ReadDocument } from './read-document';

/** A token of the query's words or phrases, and what it stands for besides itself. */
export interface Asked {
  token: string;
  prefix: boolean;
  nearest: Set<string>;
  cuts: [string, string][];
}

const FEW = 5;

/** Whether a token of a document is what was asked for, taken at its word. */
export const isAsked = ({ token, prefix }: Pick<Asked, 'token' | 'prefix'>, other: string): boolean => (prefix ? other.startsWith(token) : other === token);

/**
 * @param phrase the token stands in a phrase, which is never corrected
 * @param vocabulary every token of the documents
 */
export function withCorrections(token: string, prefix: boolean, phrase: boolean, documents: readonly ReadDocument[], vocabulary: ReadonlySet<string>): Asked {
  const asked: Asked = { token, prefix, nearest: new Set(), cuts: [] };
  if (phrase || token.length < 4 || /^\p{N}+$/u.test(token)) return asked;
  const held = documents.filter(({ all }) => all.some((other) => isAsked(asked, other))).length;
  if (held >= FEW) return asked;

  const most = token.length < 8 ? 1 : 2;
  const distances = [...vocabulary].map((term) => ({ term, distance: prefix ? distanceToBeginning(token, term) : distanceTo(token, term) }));
  const wrong = distances.filter(({ distance }) => distance > 0 && distance <= most);
  const smallest = Math.min(...wrong.map(({ distance }) => distance));
  asked.nearest = new Set(wrong.filter(({ distance }) => distance === smallest).map(({ term }) => term));

  for (let at = 2; at <= token.length - 2; at++) asked.cuts.push([token.slice(0, at), token.slice(at)]);
  return asked;
}
