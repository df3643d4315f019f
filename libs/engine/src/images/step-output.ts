/** How many of a step's last lines are kept for telling why it failed. */
const KEPT = 100;

/** The last lines of a step's output, of which there may be millions. */
export class StepOutput {
  private kept: string[] = [];

  add(texts: readonly string[]): void {
    for (const text of texts.length > KEPT ? texts.slice(-KEPT) : texts) this.kept.push(text);
    // Cut now and then: each line moves once.
    if (this.kept.length > 2 * KEPT) this.kept = this.kept.slice(-KEPT);
  }

  /** Oldest first. */
  lines(): string[] {
    return this.kept.slice(-KEPT);
  }
}
