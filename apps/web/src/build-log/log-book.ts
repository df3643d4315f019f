import type { LogLine } from '@osiris/contracts';
import { type AnsiStyle, parseAnsi, PLAIN } from '../log-text/ansi';
import { LineStore } from './line-store';
import { longs, type Numbers } from './numbers';

export type StepState = 'running' | 'done' | 'cached' | 'failed' | 'canceled';

/** Lines that stand together: those of a step, in order, or those of none between two steps' beginnings. */
export interface Section {
  index: number;
  /** Null: lines of no step. */
  step: StepFacts | null;
  /** Indexes of its lines, ascending. What only says that the step began or ended stands in its header instead. */
  lines: Numbers;
  /** Index of its first line of all. */
  first: number;
}

export interface StepFacts {
  /** From 1, in order of appearance. */
  number: number;
  /** `LogLine.stepId`, where the log has it. */
  id: number | null;
  name: string;
  state: StepState;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Null while it runs. */
  durationMs: number | null;
}

/** A log as it is read: its lines in sections by step. Grows in place; `version` says that it did. */
export class LogBook {
  readonly store = new LineStore();
  readonly sections: Section[] = [];
  private readonly byStep = new Map<string, Section>();
  /** Which section each line stands in. */
  private readonly sectionOfLine = longs();
  /** Lines that begin in a style which an earlier one left; few logs have any. */
  private readonly starts = new Map<number, AnsiStyle>();
  private readonly styles = new Map<Section, AnsiStyle>();
  private loose: Section | null = null;
  private steps = 0;
  version = 0;

  append(lines: readonly LogLine[]): void {
    for (const line of lines) this.add(line);
    this.version++;
  }

  get stepCount(): number {
    return this.steps;
  }

  sectionOf(index: number): Section | undefined {
    return index < this.store.count ? this.sections[this.sectionOfLine.at(index)] : undefined;
  }

  /** The step that the log calls `stepId`. */
  step(stepId: number): Section | undefined {
    return this.byStep.get(`#${stepId}`);
  }

  startOf(index: number): AnsiStyle | undefined {
    return this.starts.get(index);
  }

  private add(line: LogLine): void {
    const index = this.store.count;
    this.store.append(line);
    const section = this.sectionFor(line, index);
    this.sectionOfLine.push(section.index);
    if (section.step) this.follow(section.step, line, index);
    if (section.step && (line.event === 'begin' || line.event === 'done' || line.event === 'cached')) return;
    section.lines.push(index);
    this.carryStyle(section, line.text, index);
  }

  private sectionFor({ step, stepId }: LogLine, index: number): Section {
    if (step === undefined && stepId === undefined) return (this.loose ??= this.open(null, index));
    const key = stepId === undefined ? `=${step}` : `#${stepId}`;
    const known = this.byStep.get(key);
    if (known) return known;
    this.steps++;
    const opened = this.open({ number: this.steps, id: stepId ?? null, name: step ?? `step ${stepId}`, state: 'running', startedAt: this.store.at(index), durationMs: null }, index);
    this.byStep.set(key, opened);
    // Lines of no step that come from now on stand below this one.
    this.loose = null;
    return opened;
  }

  private open(step: StepFacts | null, first: number): Section {
    const section = { index: this.sections.length, step, lines: longs(), first };
    this.sections.push(section);
    return section;
  }

  private follow(step: StepFacts, { event, durationMs }: LogLine, index: number): void {
    if (event === undefined || event === 'begin') return;
    step.state = event;
    step.durationMs = durationMs ?? this.store.at(index) - step.startedAt;
  }

  private carryStyle(section: Section, text: string, index: number): void {
    const start = this.styles.get(section);
    if (start) this.starts.set(index, start);
    if (!text.includes('\u001b')) return;
    const { end } = parseAnsi(text, start);
    if (end === PLAIN || Object.keys(end).length === 0) this.styles.delete(section);
    else this.styles.set(section, end);
  }
}
