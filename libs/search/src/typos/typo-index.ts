import { EditAutomaton, TOO_FAR, unitBit } from './edit-automaton';
import { buildTrie, type TermTrie } from './term-trie';

/** Called with a term's number and its distance from the word. */
export type VisitCandidate = (term: number, distance: number) => void;

/** Finds the terms that a mistyped word may have been meant to be. */
export class TypoIndex {
  private constructor(
    private readonly terms: readonly string[],
    private readonly trie: TermTrie,
  ) {}

  /** @param terms distinct, sorted by UTF-16 units */
  static build(terms: readonly string[]): TypoIndex {
    return new TypoIndex(terms, buildTrie(terms));
  }

  /** What another thread needs besides the terms; its columns are shared, not copied. */
  pack(): TermTrie {
    return this.trie;
  }

  static unpack(terms: readonly string[], packed: TermTrie): TypoIndex {
    return new TypoIndex(terms, packed);
  }

  /**
   * Visits each term whose distance (optimal string alignment, UTF-16 units) from the word is 1 up to `maxEdits`, once.
   * @param prefix a term's distance is the smallest over its beginnings
   */
  candidates(word: string, prefix: boolean, maxEdits: 1 | 2, visit: VisitCandidate): void {
    new CandidateSearch(this.terms, this.trie, word, prefix, maxEdits, visit).run();
  }
}

/** One walk through the tree, which leaves a branch where no term can be near any more. */
class CandidateSearch {
  private readonly automaton: EditAutomaton;

  constructor(
    private readonly terms: readonly string[],
    private readonly trie: TermTrie,
    word: string,
    private readonly prefix: boolean,
    maxEdits: 1 | 2,
    private readonly visit: VisitCandidate,
  ) {
    this.automaton = new EditAutomaton(word, maxEdits);
  }

  run(): void {
    if (this.terms.length > 0) this.enter(0, 0, this.terms.length, TOO_FAR);
  }

  /**
   * @param depth units of the node's beginning, which the automaton has read
   * @param end behind the last term with this beginning
   * @param nearest smallest distance of the beginnings above; `TOO_FAR` throughout for whole words
   */
  private enter(node: number, depth: number, end: number, nearest: number): void {
    const { automaton, trie } = this;
    const first = trie.firstTerms[node]!;
    if (end - first === 1) return this.finish(first, depth, nearest);
    const distance = automaton.distance(depth);
    if (this.prefix) nearest = Math.min(nearest, distance);
    if (!automaton.keepBelow(depth, this.prefix ? nearest : TOO_FAR)) return this.visitAll(first, end, nearest);
    const from = trie.children[node]!;
    const to = trie.children[node + 1]!;
    if (trie.firstTerms[from] !== first) this.visitAll(first, first + 1, this.prefix ? nearest : distance);
    for (let child = from; child < to; child++) this.step(child, to, depth, end, nearest);
  }

  private step(child: number, siblingsEnd: number, depth: number, parentEnd: number, nearest: number): void {
    const { firstTerms, following, units } = this.trie;
    const unit = units[child]!;
    if (nearest >= TOO_FAR && !this.automaton.mayFollow(depth, unitBit(unit))) return;
    const end = child + 1 < siblingsEnd ? firstTerms[child + 1]! : parentEnd;
    if (!this.automaton.step(depth, unit)) return this.visitAll(firstTerms[child]!, end, nearest);
    if (nearest >= TOO_FAR && !this.automaton.mayFollow(depth + 1, following[child]!)) return;
    this.enter(child, depth + 1, end, nearest);
  }

  /** Reads the rest of the only term with a beginning. */
  private finish(term: number, depth: number, nearest: number): void {
    const { automaton } = this;
    const text = this.terms[term]!;
    let at = depth;
    let distance = automaton.distance(at);
    nearest = Math.min(nearest, distance);
    while (at < text.length && automaton.step(at, text.charCodeAt(at))) {
      distance = automaton.distance(++at);
      nearest = Math.min(nearest, distance);
    }
    if (this.prefix) this.visitAll(term, term + 1, nearest);
    else if (at === text.length) this.visitAll(term, term + 1, distance);
  }

  private visitAll(first: number, end: number, distance: number): void {
    if (distance < 1 || distance >= TOO_FAR) return;
    for (let term = first; term < end; term++) this.visit(term, distance);
  }
}
