import { u32 } from './columns';
import type { Segment } from './segment';

type Ordered = Pick<Segment, 'documents' | 'ids' | 'names' | 'createdAt'>;

/** The orders besides popularity, and each document's place in them. */
export function orders(segment: Ordered): Pick<Segment, 'byName' | 'placeByName' | 'byCreation' | 'placeByCreation'> {
  const places = idPlaces(segment);
  const { createdAt } = segment;
  const byName = u32(segment.documents).map((_, at) => at).sort((a, b) => compareNames(segment, a, b) || places[a]! - places[b]!);
  const byCreation = u32(segment.documents).map((_, at) => at).sort((a, b) => createdAt[b]! - createdAt[a]! || places[a]! - places[b]!);
  return { byName: shared(byName), placeByName: placesIn(byName), byCreation: shared(byCreation), placeByCreation: placesIn(byCreation) };
}

/** `map` and `slice` of a typed array allocate on the thread's own heap. */
function shared(values: Uint32Array): Uint32Array {
  const copy = u32(values.length);
  copy.set(values);
  return copy;
}

function placesIn(order: Uint32Array): Uint32Array {
  const places = u32(order.length);
  order.forEach((document, place) => (places[document] = place));
  return places;
}

/** Terms are numbered in the order of their texts, and no token holds anything that sorts before a space: so lists of numbers compare as the joined names do. */
function compareNames({ names: { starts, values } }: Ordered, a: number, b: number): number {
  let atA = starts[a]!;
  let atB = starts[b]!;
  const endA = starts[a + 1]!;
  const endB = starts[b + 1]!;
  while (atA < endA && atB < endB) {
    const difference = values[atA++]! - values[atB++]!;
    if (difference !== 0) return difference;
  }
  return endA - atA - (endB - atB);
}

/** Each document's place among the ids in ascending order: comparing numbers is far cheaper than comparing ids. */
function idPlaces({ ids: { bytes, starts }, documents }: Ordered): Uint32Array {
  const compare = (a: number, b: number): number => {
    const lengthA = starts[a + 1]! - starts[a]!;
    const lengthB = starts[b + 1]! - starts[b]!;
    for (let at = 0; at < lengthA && at < lengthB; at++) {
      const difference = bytes[starts[a]! + at]! - bytes[starts[b]! + at]!;
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  };
  return placesIn(u32(documents).map((_, at) => at).sort(compare));
}
