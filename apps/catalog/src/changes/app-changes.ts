import { Injectable } from '@nestjs/common';

type Listener = (appIds: readonly string[]) => void;

/**
 * Tells this process which apps a commit has changed, before the write is answered: who keeps a copy drops it in time.
 * What another process commits is not told here; the outbox has that.
 */
@Injectable()
export class AppChanges {
  private readonly listeners = new Set<Listener>();
  /** Number of the newest import that all listeners know of; a greater one in the database is another process's. */
  knownImports = 0;

  /** Listeners return at once and do not throw. */
  onCommit(listener: Listener): void {
    this.listeners.add(listener);
  }

  committed(appIds: readonly string[]): void {
    for (const listener of this.listeners) listener(appIds);
  }

  /** Entries that came without an event in the outbox. */
  imported(appIds: readonly string[], number: number): void {
    // A number left out is an import of another process: that one stays unknown.
    if (number === this.knownImports + 1) this.knownImports = number;
    this.committed(appIds);
  }
}
