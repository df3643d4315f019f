import { foldText } from '../text/fold';
import { tokenize } from '../text/tokenize';
import { TypoIndex } from '../typos/typo-index';
import { f64, GrowingU32, invert, type Lists, u16, u32, u8 } from './columns';
import { densePairs } from './dense-pairs';
import type { Draft, Interned } from './draft';
import { hotSets } from './hot-sets';
import { idColumn } from './id-column';
import type { SegmentLimits } from './limits';
import { orders } from './orders';
import { postings } from './postings';
import type { Segment, TagTable } from './segment';
import { eachWord, type TextColumn, textColumn, TEXTS } from './text-column';

/** Brings a draft into order: documents by popularity, terms and tags by text; and turns the lists around. */
export function assemble(draft: Draft, limits: SegmentLimits): Segment {
  const documents = draft.ids.length;
  const tags = sortedTags(draft);
  // The words of tags come into the vocabulary before it is put into order.
  const tagWords = tags.texts.flatMap((text) => halves(text).map((half) => tokenize(half).map((token) => draft.terms.numberOf(token))));
  const terms = sorted(draft.terms, compareTexts);
  const wordsOfTags = listsOf(tagWords.map((row) => row.map((term) => terms.place[term]!)));
  const order = [...draft.ids.keys()].sort(
    (a, b) => draft.popularity[b]! - draft.popularity[a]! || (draft.ids[a]! < draft.ids[b]! ? -1 : 1),
  );
  const names = permuted(draft.nameCounts.view(), draft.names.view(), order, 1, terms.place);
  const texts = textColumn(terms.texts.length, documents, permuted(draft.wordCounts.view(), draft.words.view(), order, TEXTS.length, terms.place));
  const tagsOf = permuted(draft.tagCounts.view(), draft.tagsOf.view(), order, 1, tags.place);
  for (let document = 0; document < documents; document++) tagsOf.values.subarray(tagsOf.starts[document]!, tagsOf.starts[document + 1]!).sort();
  const owners = sorted(draft.owners, compareTexts);
  const ownerOf = u32(documents);
  const stateOf = u8(documents);
  const popularity = f64(documents);
  const createdAt = f64(documents);
  const ownersBefore = draft.ownerOf.view();
  const statesBefore = draft.stateOf.view();
  order.forEach((from, document) => {
    ownerOf[document] = owners.place[ownersBefore[from]!]!;
    stateOf[document] = statesBefore[from]!;
    popularity[document] = draft.popularity[from]!;
    createdAt[document] = draft.createdAt[from]!;
  });
  const tagCount = tags.texts.length;
  const base = {
    documents,
    ids: idColumn(order.map((from) => draft.ids[from]!)),
    popularity,
    createdAt,
    stateOf,
    states: draft.states.texts,
    documentsOfState: postings(documents, invert(draft.states.texts.length, (pair) => stateOf.forEach((state, document) => pair(state, document))), limits.denseRow),
    ownerOf,
    owners: owners.texts,
    documentsOfOwner: invert(owners.texts.length, (pair) => ownerOf.forEach((owner, document) => pair(owner, document))),
    terms: terms.texts,
    names,
    texts,
    inName: postings(documents, namedByTerm(terms.texts.length, names, documents), limits.denseRow),
    beginsName: invert(terms.texts.length, (pair) => {
      for (let document = 0; document < documents; document++) {
        if (names.starts[document] !== names.starts[document + 1]) pair(names.values[names.starts[document]!]!, document);
      }
    }),
    inText: postings(documents, toldByTerm(terms.texts.length, texts, documents), limits.denseRow),
    tagsOfTerm: tagsOfTerm(terms.texts.length, wordsOfTags, tagCount),
    tags: tagTable(tags.texts, wordsOfTags),
    tagsOf: tagCount < 2 ** 16 ? narrow(tagsOf) : tagsOf,
    documentsOfTag: postings(documents, invert(tagCount, (pair) => eachPair(tagsOf, documents, pair)), limits.denseRow),
  };
  const pairs = densePairs(base, limits);
  const typos = terms.texts.length >= limits.typosAtOnce ? TypoIndex.build(terms.texts) : null;
  return { ...base, densePairs: pairs, ...orders(base), hot: hotSets(base, limits), typos };
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Sorted {
  texts: string[];
  /** New number of each old one. */
  place: Uint32Array;
}

function sorted({ texts }: Interned, compare: (a: string, b: string) => number): Sorted {
  const order = [...texts.keys()].sort((a, b) => compare(texts[a]!, texts[b]!));
  const place = new Uint32Array(texts.length);
  order.forEach((from, to) => (place[from] = to));
  return { texts: order.map((from) => texts[from]!), place };
}

/** Key and value of an interned tag. */
const halves = (text: string): [key: string, value: string] => [text.slice(0, text.indexOf('\0')), text.slice(text.indexOf('\0') + 1)];

function sortedTags({ tags }: Draft): Sorted {
  const parts = new Map(tags.texts.map((text) => [text, { key: halves(text)[0], folded: foldText(halves(text)[1]) }]));
  return sorted(tags, (a, b) => {
    const [one, other] = [parts.get(a)!, parts.get(b)!];
    return compareTexts(one.key, other.key) || compareTexts(one.folded, other.folded) || compareTexts(a, b);
  });
}

function tagTable(texts: readonly string[], words: Lists): TagTable {
  const values = texts.map((text) => halves(text)[1]);
  const folded = values.map(foldText);
  const byValue = u32(texts.length);
  byValue.set([...texts.keys()].sort((a, b) => compareTexts(folded[a]!, folded[b]!) || a - b));
  return { keys: texts.map((text) => halves(text)[0]), values, folded, words, byValue };
}

function listsOf(rows: readonly number[][]): Lists {
  const starts = u32(rows.length + 1);
  rows.forEach((row, at) => (starts[at + 1] = starts[at]! + row.length));
  const values = u32(starts[rows.length]!);
  rows.forEach((row, at) => values.set(row, starts[at]!));
  return { starts, values };
}

/** Rows of `perDocument` lists each, in a new order of documents and with new numbers. */
function permuted(counts: Uint32Array, from: Uint32Array, order: readonly number[], perDocument: number, place: Uint32Array): Lists {
  const begins = new Uint32Array(counts.length + 1);
  for (let row = 0; row < counts.length; row++) begins[row + 1] = begins[row]! + counts[row]!;
  const starts = u32(counts.length + 1);
  const values = u32(from.length);
  let to = 0;
  let row = 0;
  for (const document of order) {
    for (let list = document * perDocument; list < (document + 1) * perDocument; list++) {
      for (let at = begins[list]!; at < begins[list + 1]!; at++) values[to++] = place[from[at]!]!;
      starts[++row] = to;
    }
  }
  return { starts, values };
}

/** Documents of each term in their names, each once. */
function namedByTerm(terms: number, { starts, values }: Lists, documents: number): Lists {
  return invert(terms, (pair) => {
    const seenIn = new Uint32Array(terms);
    for (let document = 0; document < documents; document++) {
      for (let at = starts[document]!; at < starts[document + 1]!; at++) once(seenIn, values[at]!, document, pair);
    }
  });
}

/** Documents of each term in their texts, each once. */
function toldByTerm(terms: number, texts: TextColumn, documents: number): Lists {
  return invert(terms, (pair) => {
    const seenIn = new Uint32Array(terms);
    eachWord(texts, 0, documents, (term, _text, document) => {
      if (term !== -1) once(seenIn, term, document, pair);
    });
  });
}

function once(seenIn: Uint32Array, term: number, document: number, pair: (row: number, value: number) => void): void {
  if (seenIn[term] === document + 1) return;
  seenIn[term] = document + 1;
  pair(term, document);
}

function tagsOfTerm(terms: number, words: Lists, tags: number): Lists {
  const pairs = new GrowingU32();
  for (let tag = 0; tag < tags; tag++) {
    for (const term of new Set(words.values.subarray(words.starts[tag * 2]!, words.starts[tag * 2 + 2]!))) {
      pairs.push(term);
      pairs.push(tag);
    }
  }
  const flat = pairs.view();
  return invert(terms, (pair) => {
    for (let at = 0; at < flat.length; at += 2) pair(flat[at]!, flat[at + 1]!);
  });
}

function eachPair({ starts, values }: Lists, rows: number, pair: (value: number, row: number) => void): void {
  for (let row = 0; row < rows; row++) for (let at = starts[row]!; at < starts[row + 1]!; at++) pair(values[at]!, row);
}

function narrow({ starts, values }: Lists): Lists<Uint16Array> {
  const narrower = u16(values.length);
  narrower.set(values);
  return { starts, values: narrower };
}
