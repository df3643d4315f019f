import { Injectable } from '@nestjs/common';
import type { appImport, ImportedApp } from '@osiris/contracts';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { AppChanges } from '../changes/app-changes';
import { Database } from '../database/database';
import { inList, select } from '../database/select';
import { newId } from '../identifiers';
import { readState, writeState } from '../outbox/hub-state';
import { insertRows } from './insert-rows';
import { tagIdsOf } from './tag-ids';

const LOOKED_UP_AT_ONCE = 256;

/** Rows as the tables take them: text without NUL, which PostgreSQL refuses. */
const clean = (text: string): string => text.replaceAll('\0', '');

/**
 * Takes ready-made entries into the catalogue: rows as if their repositories had been read, with no ingestion behind
 * them, so that no worker and no sweep ever looks for one. They are changed and deleted like any other app.
 */
@Injectable()
export class AppImport {
  constructor(
    private readonly database: Database,
    private readonly changes: AppChanges,
  ) {}

  /** All new ones of a call, or none of them. */
  async import({ apps }: z.output<typeof appImport.input>): Promise<z.input<typeof appImport.output>> {
    return this.database.write(async (tx) => {
      const { manager } = tx;
      const fresh = await withoutKnown(manager, apps);
      if (fresh.length === 0) return { imported: 0, skipped: apps.length };
      await insertRows(manager, 'repositories', fresh.map((app) => repositoryRow(app, tx.now)));
      const tagIds = await tagIdsOf(manager, fresh.flatMap(({ tags }) => tags));
      await insertRows(manager, 'repository_tags', fresh.flatMap((app) => tagRows(app, tagIds)));
      // No events: a hundred thousand would push all others out of what is kept. Other replicas see the count.
      const imports = Number((await readState(manager, 'catalogue.imports')) ?? 0) + 1;
      await writeState(manager, 'catalogue.imports', String(imports));
      tx.afterCommit(() => this.changes.imported(fresh.map(({ id }) => id), imports));
      return { imported: fresh.length, skipped: apps.length - fresh.length };
    });
  }
}

type Identified = ImportedApp & { id: string };

async function withoutKnown(manager: EntityManager, apps: readonly ImportedApp[]): Promise<Identified[]> {
  const all = apps.map((app) => ({ ...app, id: app.id ?? newId('app'), slug: clean(app.slug).toLowerCase() }));
  const known = new Set<string>();
  for (let at = 0; at < all.length; at += LOOKED_UP_AT_ONCE) {
    const some = all.slice(at, at + LOOKED_UP_AT_ONCE);
    const lists = [some.map(({ slug }) => slug), some.map(({ id }) => id), some.map(identityOf)].map(inList);
    const [slugs, ids, identities] = lists.map(({ marks }) => marks);
    const sql = `SELECT id, slug, identity FROM repositories WHERE slug IN (${slugs}) OR id IN (${ids}) OR identity IN (${identities})`;
    const parameters = lists.flatMap((list) => list.parameters);
    for (const row of await select<{ id: string; slug: string; identity: string }>(manager, sql, parameters)) {
      known.add(row.id).add(row.slug).add(row.identity);
    }
  }
  return all.filter((app) => {
    const own = [app.id, app.slug, identityOf(app)];
    if (own.some((name) => known.has(name))) return false;
    for (const name of own) known.add(name); // the next one of the same name is a repetition
    return true;
  });
}

/** A name that no resolver answers (RFC 2606): asked to be read again, the app says so. */
const repositoryUrl = (slug: string): string => `https://seed.invalid/${slug}.git`;
const identityOf = ({ slug }: { slug: string }): string => JSON.stringify([repositoryUrl(slug).replace(/\.git$/, ''), null, null]);

function repositoryRow(app: Identified, now: number): Record<string, unknown> {
  const [name, description, readme] = [clean(app.name), clean(app.description), clean(app.readme)];
  const url = repositoryUrl(app.slug);
  const createdAt = Date.parse(app.createdAt);
  return {
    id: app.id,
    slug: app.slug,
    identity: identityOf(app),
    public_url: url,
    fetch_url: url,
    name,
    description: description || readme,
    ingested_name: name,
    ingested_description: description || null,
    readme_summary: readme || null,
    media: '[]',
    ingest_status: app.status,
    ingest_attempts: 0,
    last_ingested_at: createdAt,
    launch_count: app.launches,
    created_at: createdAt,
    updated_at: now,
  };
}

function tagRows(app: Identified, tagIds: ReadonlyMap<string, number>): Record<string, unknown>[] {
  const ids = new Set(app.tags.map(({ key, value }) => tagIds.get(`${key}:${clean(value)}`)));
  return [...ids].map((tagId) => ({ repository_id: app.id, tag_id: tagId, source: 'auto', said_by: 'import' }));
}
