import { Injectable } from '@nestjs/common';

type CommitListener = (appIds: readonly string[]) => void;
type ImportListener = (appIds: readonly string[], number: number) => void;

/**
 * Tells this process which apps a commit has changed, before the write is answered: who keeps a copy drops it in time.
 * What another process commits is not told here; the outbox has that. Listeners return at once and do not throw.
 */
@Injectable()
export class AppChanges {
  private readonly commitListeners = new Set<CommitListener>();
  private readonly importListeners = new Set<ImportListener>();

  onCommit(listener: CommitListener): void {
    this.commitListeners.add(listener);
  }

  /** New entries that came without events. @param listener also gets the import's number, one more than the one before */
  onImport(listener: ImportListener): void {
    this.importListeners.add(listener);
  }

  committed(appIds: readonly string[]): void {
    for (const listener of this.commitListeners) listener(appIds);
  }

  imported(appIds: readonly string[], number: number): void {
    for (const listener of this.importListeners) listener(appIds, number);
  }
}
