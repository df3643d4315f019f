import { Injectable } from '@nestjs/common';
import { App, type Tag } from '@osiris/contracts';
import { AppChanges } from '../changes/app-changes';
import { Database } from '../database/database';
import { viewApps } from '../repositories/app-view';

/** Apps that are kept; with tags, a build and a launch one takes some two kilobytes. */
const KEPT = 20_000;
/** Different tags that are shared by those apps; beyond, each app has its own. */
const SHARED_TAGS = 20_000;

/**
 * Apps as the API shows them, kept until they change: a page of search results that was shown before costs no query. A
 * write forgets what it has changed before it is answered, so that no reader who comes after sees what was.
 */
@Injectable()
export class AppViews {
  /** The one used last stands last. */
  private readonly kept = new Map<string, App>();
  /** The same few tags stand at very many apps: as one object each they take a third of the memory. */
  private readonly tags = new Map<string, Tag>();
  /** What changes while reads are under way: they may have seen what was before. */
  private readonly changedDuring = new Set<Set<string>>();

  constructor(
    private readonly database: Database,
    changes: AppChanges,
  ) {
    changes.onCommit((ids) => this.forget(ids));
  }

  /** Those that exist, by id. */
  async of(ids: readonly string[]): Promise<Map<string, App>> {
    const found = new Map<string, App>();
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

  private async read(ids: readonly string[]): Promise<Map<string, App>> {
    const changed = new Set<string>();
    this.changedDuring.add(changed);
    try {
      const apps = await this.database.read((manager) => viewApps(manager, ids));
      for (const [id, app] of apps) {
        // Once here instead of at each reply that it is a part of: search replies are `checkedByOwner`.
        App.parse(app);
        if (!changed.has(id)) this.kept.set(id, { ...app, tags: app.tags.map((tag) => this.shared(tag)) });
      }
      for (const id of this.kept.keys()) {
        if (this.kept.size <= KEPT) break;
        this.kept.delete(id);
      }
      return apps;
    } finally {
      this.changedDuring.delete(changed);
    }
  }

  private shared(tag: Tag): Tag {
    const text = `${tag.key}\0${tag.value}\0${tag.source}\0${tag.from}`;
    const known = this.tags.get(text);
    if (known) return known;
    if (this.tags.size < SHARED_TAGS) this.tags.set(text, tag);
    return tag;
  }

  private use(id: string): void {
    const app = this.kept.get(id);
    if (!app) return;
    this.kept.delete(id);
    this.kept.set(id, app);
  }
}
