import { DomainError, IngestStatus, TagKey } from '@osiris/contracts';

/** What a query asks for; all of it must hold. Texts are lower case. */
export interface SearchQuery {
  words: string[];
  /** Words that must not occur. */
  without: string[];
  tags: { key: string; value: string }[];
  withoutTags: { key: string; value: string }[];
  owner: string | null;
  status: IngestStatus | null;
}

function refuse(message: string, position: number): never {
  const text = `${message} (at position ${position + 1})`;
  throw new DomainError('QUERY_INVALID', text, { errors: [{ path: 'q', message: text }] });
}

/** A word or a "quoted phrase" beginning at `from`; within quotes `\"` is a quote. */
function readText(q: string, from: number): { text: string; end: number } {
  if (q[from] !== '"') {
    let end = from;
    while (end < q.length && !/\s/u.test(q[end] ?? '')) end++;
    return { text: q.slice(from, end), end };
  }
  let text = '';
  for (let at = from + 1; at < q.length; at++) {
    if (q[at] === '"') return { text, end: at + 1 };
    if (q[at] === '\\' && q[at + 1] === '"') at++;
    text += q[at];
  }
  refuse('The quotation mark is not closed', from);
}

function apply(query: SearchQuery, key: string, value: string, negated: boolean, position: number): void {
  if (value === '') refuse(`"${key}:" wants a value`, position);
  if (key === 'status' || key === 'owner') {
    if (negated) refuse(`"${key}:" cannot be excluded`, position);
    if (query[key] !== null) refuse(`"${key}:" is given twice`, position);
    if (key === 'owner') {
      query.owner = value;
      return;
    }
    const status = IngestStatus.safeParse(value);
    if (!status.success) refuse(`"status:" is one of ${IngestStatus.options.join(', ')}`, position);
    query.status = status.data;
    return;
  }
  if (!TagKey.safeParse(key).success) refuse(`"${key}" is not a tag key`, position);
  (negated ? query.withoutTags : query.tags).push({ key, value });
}

/**
 * Reads `words "a phrase" key:value key:"a value" -key:value -word owner:x status:ready`. A lone colon or hyphen is a
 * word like any other.
 * @throws DomainError QUERY_INVALID with the position (1-based) of what cannot be understood
 */
export function parseSearchQuery(text: string): SearchQuery {
  const q = text.toLowerCase().replaceAll('\0', ' ');
  const query: SearchQuery = { words: [], without: [], tags: [], withoutTags: [], owner: null, status: null };
  let at = 0;
  while (at < q.length) {
    if (/\s/u.test(q[at] ?? '')) {
      at++;
      continue;
    }
    const position = at;
    const negated = q[at] === '-' && /[^\s-]/u.test(q[at + 1] ?? ' ');
    if (negated) at++;
    const key = /^([^\s":]+):/u.exec(q.slice(at))?.[1];
    if (key !== undefined) {
      const { text: value, end } = readText(q, at + key.length + 1);
      apply(query, key, value, negated, position);
      at = end;
      continue;
    }
    const { text: word, end } = readText(q, at);
    if (word.trim() !== '') (negated ? query.without : query.words).push(word);
    at = end;
  }
  return query;
}
