import { Injectable } from '@nestjs/common';
import { AppChanges } from '../changes/app-changes';
import { Database } from '../database/database';
import { viewApps } from '../repositories/app-view';
import { type ShownApp, shownApp } from './shown-app';

/** Apps that are kept; one takes one or two kilobytes. */
const KEPT = 20_000;
/** Different tags whose text those apps share; of more, each app has its own. */
const SHARED_TAGS = 20_000;

/**
 * Apps as the API shows them, kept until they change: a page of search results that was shown before costs no query. A
 * write forgets what it has changed before it is answered, so that no reader who comes after sees what was.
 */
@Injectable()
export class AppViews {
  /** The one used last stands last. */
  private readonly kept = new Map<string, ShownApp>();
  /** The same few tags stand at very many apps: each text is there once. */
  private readonly tags = new Map<string, string>();
  /** What changes while reads are under way: they may have seen what was before. */
  private readonly changedDuring = new Set<Set<string>>();

  constructor(
    private readonly database: Database,
    changes: AppChanges,
  ) {
    changes.onCommit((ids) => this.forget(ids));
  }

  /** Those that exist, by id. */
  async of(ids: readonly string[]): Promise<Map<string, ShownApp>> {
    const found = new Map<string, ShownApp>();
    const missing: string[] = [];
    for (const id of ids) {
      const app = this.kept.get(id);
      if (!app) missing.push(id);
      else found.set(id, app);
    }
    if (missing.length > 0) for (const [id, app] of await this.read(missing)) found.set(id, app);
    for (const id of ids) this.use(id);
    return found;
  }

  forget(ids: readonly string[]): void {
    for (const id of ids) this.kept.delete(id);
    for (const changed of this.changedDuring) for (const id of ids) changed.add(id);
  }

  private async read(ids: readonly string[]): Promise<Map<string, ShownApp>> {
    const changed = new Set<string>();
    this.changedDuring.add(changed);
    try {
      const shown = new Map<string, ShownApp>();
      for (const [id, app] of await this.database.read((manager) => viewApps(manager, ids))) shown.set(id, shownApp(app, (tag) => this.shared(tag)));
      for (const [id, app] of shown) if (!changed.has(id)) this.kept.set(id, app);
      for (const id of this.kept.keys()) {
        if (this.kept.size <= KEPT) break;
        this.kept.delete(id);
      }
      return shown;
    } finally {
      this.changedDuring.delete(changed);
    }
  }

  private shared(tag: string): string {
    const known = this.tags.get(tag);
    if (known !== undefined) return known;
    if (this.tags.size < SHARED_TAGS) this.tags.set(tag, tag);
    return tag;
  }

  private use(id: string): void {
    const app = this.kept.get(id);
    if (!app) return;
    this.kept.delete(id);
    this.kept.set(id, app);
  }
}
