import type { LogBook, Section } from './log-book';
import { longs, type Numbers } from './numbers';

export interface RowMeasures {
  /** Columns at which lines wrap; Infinity: they do not. */
  columns: number;
  /** Of a line of text, in pixels. */
  linePx: number;
  /** Of a step's header. */
  headerPx: number;
}

/** A header (`offset` -1) or a line of its section. */
export interface Row {
  section: Section;
  offset: number;
}

/**
 * Where each row of a log stands, without a row being drawn: a line takes as many rows as its columns fill. Sections that are
 * folded keep their header alone. Finding a place takes two binary searches, following new lines only those lines.
 */
export class RowLayout {
  /** Of each section: how many rows of text stand before each of its lines, and at last before none. */
  private readonly rowsBefore: Numbers[] = [];
  private tops: number[] = [0];
  private opened: boolean[] = [];

  constructor(
    private readonly book: LogBook,
    readonly measures: RowMeasures,
  ) {}

  /** Takes in what was appended, and which sections are open. */
  update(isOpen: (section: Section) => boolean): void {
    const { store, sections } = this.book;
    const { columns, linePx } = this.measures;
    const tops = [0];
    this.opened = [];
    for (const section of sections) {
      const before = (this.rowsBefore[section.index] ??= withZero());
      for (let offset = before.length - 1; offset < section.lines.length; offset++) {
        const rows = Math.max(1, Math.ceil(store.cells(section.lines.at(offset)) / columns));
        before.push(before.at(offset) + rows);
      }
      const open = section.step === null || isOpen(section);
      this.opened.push(open);
      const height = this.headerOf(section) + (open ? before.at(before.length - 1) * linePx : 0);
      tops.push((tops.at(-1) ?? 0) + height);
    }
    this.tops = tops;
  }

  /** Pixels of all rows. */
  get height(): number {
    return this.tops.at(-1) ?? 0;
  }

  isOpen(section: Section): boolean {
    return this.opened[section.index] ?? false;
  }

  topOf({ section, offset }: Row): number {
    const top = this.tops[section.index] ?? 0;
    if (offset < 0) return top;
    return top + this.headerOf(section) + (this.rowsBefore[section.index]?.at(offset) ?? 0) * this.measures.linePx;
  }

  /** The row at that height; null where there are none. */
  rowAt(px: number): Row | null {
    const section = this.book.sections[this.sectionAt(px)];
    if (!section) return null;
    const inside = px - (this.tops[section.index] ?? 0) - this.headerOf(section);
    if (inside < 0 || !this.isOpen(section) || section.lines.length === 0) return { section, offset: section.step ? -1 : 0 };
    const found = this.rowsBefore[section.index]?.lastAtMost(Math.floor(inside / this.measures.linePx)) ?? 0;
    return { section, offset: Math.min(found, section.lines.length - 1) };
  }

  /** The rows from that one on, until one begins at or below `endPx`. */
  *rowsFrom(row: Row, endPx: number): Generator<Row> {
    const { sections } = this.book;
    let { offset } = row;
    for (let index = row.section.index; index < sections.length; index++) {
      const section = sections[index] as Section;
      if (offset < 0 && section.step) {
        if (this.topOf({ section, offset: -1 }) >= endPx) return;
        yield { section, offset: -1 };
      }
      const count = this.isOpen(section) ? section.lines.length : 0;
      for (offset = Math.max(0, offset); offset < count; offset++) {
        if (this.topOf({ section, offset }) >= endPx) return;
        yield { section, offset };
      }
      offset = -1;
    }
  }

  /** Where a line stands; its section's header where it is folded, or where the header says what the line does. */
  rowOf(line: number): Row | null {
    const section = this.book.sectionOf(line);
    if (!section) return null;
    const offset = section.lines.lastAtMost(line);
    const itself = offset >= 0 && section.lines.at(offset) === line;
    return { section, offset: itself && this.isOpen(section) ? offset : section.step ? -1 : 0 };
  }

  private headerOf(section: Section): number {
    return section.step ? this.measures.headerPx : 0;
  }

  private sectionAt(px: number): number {
    let low = 0;
    let high = this.book.sections.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.tops[middle] ?? 0) <= px) low = middle;
      else high = middle - 1;
    }
    // Sections without a height (no lines yet) are passed over by those after them that begin at the same place.
    return low;
  }
}

function withZero(): Numbers {
  const numbers = longs();
  numbers.push(0);
  return numbers;
}
