import { GrowingU32, u16, u32 } from '../segments/columns';
import { unitBit } from './edit-automaton';

/**
 * Sorted terms as a tree of their beginnings, down to where a beginning has one term. Nodes are numbered level by level,
 * so the children of a node are neighbours: those of `n` are `children[n]` up to `children[n + 1]`, by their unit.
 * Node 0 is the empty beginning.
 */
export interface TermTrie {
  children: Uint32Array;
  /** The last unit of each node's beginning. */
  units: Uint16Array;
  /** First of the terms with each node's beginning; they end where those of the next sibling begin. */
  firstTerms: Uint32Array;
  /** Bits (`unitBit`) of the units that follow each node's beginning. */
  following: Uint32Array;
}

/** @param terms distinct, by UTF-16 units */
export function buildTrie(terms: readonly string[]): TermTrie {
  const children = new GrowingU32();
  const units = new GrowingU32();
  const firstTerms = new GrowingU32();
  const following = new GrowingU32();
  units.push(0);
  firstTerms.push(0);
  let level = { from: 0, to: 1 };
  // Where the terms of each node of the level end.
  let ends = [terms.length];
  for (let depth = 0; level.from < level.to; depth++) {
    const nextEnds: number[] = [];
    for (let node = level.from; node < level.to; node++) {
      children.push(units.length);
      const end = ends[node - level.from]!;
      let term = firstTerms.view()[node]!;
      if (end - term < 2) {
        const rest = terms.length > 0 && terms[term]!.length > depth;
        following.push(rest ? unitBit(terms[term]!.charCodeAt(depth)) : 0);
        continue;
      }
      if (terms[term]!.length === depth) term++;
      let bits = 0;
      while (term < end) {
        const unit = terms[term]!.charCodeAt(depth);
        bits |= unitBit(unit);
        units.push(unit);
        firstTerms.push(term);
        do term++;
        while (term < end && terms[term]!.charCodeAt(depth) === unit);
        nextEnds.push(term);
      }
      following.push(bits);
    }
    level = { from: level.to, to: units.length };
    ends = nextEnds;
  }
  children.push(units.length);
  return {
    children: kept(children, u32),
    units: kept(units, u16),
    firstTerms: kept(firstTerms, u32),
    following: kept(following, u32),
  };
}

function kept<Column extends Uint16Array | Uint32Array>(
  numbers: GrowingU32,
  column: (length: number) => Column,
): Column {
  const copy = column(numbers.length);
  copy.set(numbers.view());
  return copy;
}
