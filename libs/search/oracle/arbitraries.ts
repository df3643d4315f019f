import fc from 'fast-check';
import type { SearchDocument, Sort } from '../src/document';
import { SORTS } from '../src/document';
import type { FilterClause, SearchQuery } from '../src/query/search-query';
import { foldText } from '../src/text/fold';
import { tokenize } from '../src/text/tokenize';

/**
 * Few different words, many of them alike: what seldom happens in a real catalogue (equal ranks, common beginnings,
 * neighbours one or two edits away, words run together) happens all the time.
 */
export const WORDS = [
  ...['a', 'ab', 'ba', 'abc', 'abab', 'abba', 'baab', 'abaab', 'babab', 'ababab', 'bababa', 'abababab', 'babababa', 'abbaabba', 'ababababa', 'cd', 'cdab', '12', '1234', '123456'],
  ...['kanban', 'kanbans', 'board', 'boards', 'kanbanboard', 'dashboard', 'dashboards', 'dashbord', 'boar'],
  ...['Café', 'STRASSE', 'Straße', 'c++', 'C#', '天気予報', 'погода', '予報'],
];
export const KEYS = ['topic', 'language', 'port', 'kanban'];
const STATUSES = ['ready', 'failed'];

const word = fc.constantFrom(...WORDS);
const phrase = (least: number, most: number) => fc.array(word, { minLength: least, maxLength: most }).map((words) => words.join(' '));
const tag = fc.record({ key: fc.constantFrom(...KEYS), value: fc.constantFrom('ab', 'AB', 'abab', 'kanban board', 'c++', 'Ready') });

export const documentId = fc.integer({ min: 0, max: 60 }).map((number) => `d${String(number).padStart(3, '0')}`);

export const someDocument: fc.Arbitrary<SearchDocument> = fc.record({
  id: documentId,
  slug: fc.tuple(fc.constantFrom('ab', 'Kanban', 'x-y'), word).map((parts) => parts.join('/')),
  name: phrase(0, 3),
  description: phrase(0, 4),
  readme: phrase(0, 4),
  tags: fc.uniqueArray(tag, { maxLength: 4, selector: ({ key, value }) => `${key}:${value}` }),
  status: fc.constantFrom(...STATUSES),
  popularity: fc.constantFrom(0, 0, 1, 2, 7),
  createdAt: fc.constantFrom(0, 1, 1_000, 1.7e12),
});

/** Each id once. */
export const someDocuments = fc.uniqueArray(someDocument, { maxLength: 40, selector: ({ id }) => id });

/** A word of the documents, the beginning of one, or one with an edit in it. */
const queried: fc.Arbitrary<string> = fc
  .tuple(word, fc.constantFrom('whole', 'whole', 'beginning', 'without', 'more', 'exchanged', 'joined'), fc.nat(), word)
  .map(([text, edit, pick, other]) => {
    const at = pick % text.length;
    if (edit === 'beginning') return text.slice(0, at + 1);
    if (edit === 'without') return text.slice(0, at) + text.slice(at + 1);
    if (edit === 'more') return `${text.slice(0, at)}b${text.slice(at)}`;
    if (edit === 'exchanged') return text.slice(0, at) + [...text.slice(at, at + 2)].reverse().join('') + text.slice(at + 2);
    return edit === 'joined' ? text + other : text;
  })
  .filter((text) => tokenize(text).length > 0);

const someFilter: fc.Arbitrary<FilterClause> = fc
  .oneof(
    { weight: 4, arbitrary: tag.map(({ key, value }) => ({ key, value: foldText(value) as string | null })) },
    { weight: 1, arbitrary: fc.constantFrom(...KEYS, 'unknown').map((key) => ({ key, value: null })) },
    { weight: 1, arbitrary: fc.constantFrom(...STATUSES).map((value) => ({ key: 'status', value })) },
    { weight: 1, arbitrary: fc.constantFrom('ab', 'kanban', 'x', 'x-y').map((value) => ({ key: 'owner', value })) },
  )
  .chain((filter) => fc.boolean().map((negated) => ({ ...filter, negated, position: 0 })));

const someText = fc
  .tuple(fc.array(queried, { minLength: 1, maxLength: 2 }), fc.integer({ min: 0, max: 3 }))
  .map(([words, kind]) => (kind === 0 ? { tokens: tokenize(words.join(' ')), phrase: true } : { tokens: tokenize(words[0]!), phrase: false }));

/** As `parseQuery` would read it: whether the last token is a prefix is left to the draw. */
export const someQuery: fc.Arbitrary<SearchQuery> = fc
  .record({
    texts: fc.array(someText, { maxLength: 3 }),
    prefix: fc.boolean(),
    without: fc.oneof({ weight: 3, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: fc.array(phrase(1, 2), { maxLength: 2 }) }),
    filters: fc.oneof({ weight: 2, arbitrary: fc.constant<FilterClause[]>([]) }, { weight: 1, arbitrary: fc.array(someFilter, { maxLength: 2 }) }),
    sort: fc.option(fc.constantFrom<Sort>(...SORTS)),
  })
  .map(({ texts, prefix, without, ...query }) => {
    const last = texts[texts.length - 1];
    return { ...query, texts, prefix: prefix && last !== undefined && !last.phrase, without: without.map((text) => tokenize(text)) };
  });

export const someSort = fc.constantFrom<Sort>(...SORTS);
