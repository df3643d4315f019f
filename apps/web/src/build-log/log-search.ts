import { plainText } from '../log-text/ansi';
import { finderOf } from '../log-text/matches';
import type { LogBook, Section } from './log-book';
import { longs, type Numbers } from './numbers';
import type { Row } from './row-layout';

/** In one go, so that a page which searches a million lines still answers to keys. */
const LINES_AT_ONCE = 20_000;
/** A header among the numbers of lines, which are unsigned. */
const HEADER = 1;

/** Looks for a text in a log, piece by piece and in what is appended; finds lines and steps in the order in which they are shown. */
export class LogSearch {
  /** Of each section: 0 for its header, else offset + 1, ascending. */
  private readonly found: Numbers[] = [];
  private readonly scanned: number[] = [];
  count = 0;
  /** Everything that is there was looked at. */
  complete = false;
  readonly finder: RegExp | null;

  constructor(
    private readonly book: LogBook,
    readonly query: string,
  ) {
    this.finder = finderOf(query);
  }

  /** Looks at some more. @returns whether something is left */
  advance(lines = LINES_AT_ONCE): boolean {
    let left = this.finder ? lines : 0;
    this.complete = true;
    for (const section of this.book.sections) {
      if (!this.finder) break;
      const hits = (this.found[section.index] ??= longs());
      let next = this.scanned[section.index] ?? -1;
      for (; next < section.lines.length && left > 0; next++, left--) {
        const text = next < 0 ? (section.step?.name ?? '') : plainText(this.book.store.text(section.lines.at(next)));
        if (text.search(this.finder) < 0) continue;
        hits.push(next + HEADER);
        this.count++;
      }
      this.scanned[section.index] = next;
      if (next < section.lines.length) this.complete = false;
    }
    return !this.complete;
  }

  /** Those whose lines hold matches; one in a header alone needs no unfolding. */
  sectionsWithMatches(): Section[] {
    return this.book.sections.filter(({ index }) => {
      const hits = this.found[index];
      return hits !== undefined && hits.length > 0 && hits.at(hits.length - 1) >= HEADER;
    });
  }

  /** The match of that place, from 0. */
  nth(place: number): Row | null {
    let left = place;
    for (const section of this.book.sections) {
      const hits = this.found[section.index];
      if (!hits) continue;
      if (left < hits.length) return { section, offset: hits.at(left) - HEADER };
      left -= hits.length;
    }
    return null;
  }
}
