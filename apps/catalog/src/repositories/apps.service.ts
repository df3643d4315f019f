import { Inject, Injectable } from '@nestjs/common';
import { type App, appRegister, appRetry, type appUpdate, DomainError, parseRepoUrl, type Tag } from '@osiris/contracts';
import { ENV } from '@osiris/service-kit';
import type { z } from 'zod';
import { checkArgs } from '../builds/build-args';
import { BuildEntity } from '../builds/build.entity';
import { placeInQueue } from '../builds/build-queue';
import { BuildRequests } from '../builds/build-requests';
import { Database, type Transaction } from '../database/database';
import type { Env } from '../env';
import { Idempotency } from '../idempotency/idempotency';
import { newId } from '../identifiers';
import { IngestionsService } from '../ingestions/ingestions.service';
import { Outbox } from '../outbox/outbox';
import { parseTag, replaceTags } from '../tags/tags.repository';
import { viewApp } from './app-view';
import { findApp, freeSlug, refreshShown } from './repositories.repository';
import { RepositoryEntity } from './repository.entity';
import { repositoryKey } from './repository-key';

/** What people ask of apps. */
@Injectable()
export class AppsService {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly outbox: Outbox,
    private readonly ingestions: IngestionsService,
    private readonly builds: BuildRequests,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Registers a repository and has it ingested; the same one again is the app that exists. @throws DomainError REPO_URL_INVALID, HOST_NOT_ALLOWED */
  async register(input: z.output<typeof appRegister.input>): Promise<{ app: App; created: boolean }> {
    const url = parseRepoUrl(input.repoUrl, { allowedRoots: this.env.GIT_ALLOWED_ROOTS, allowPrivateHosts: this.env.GIT_ALLOW_PRIVATE_HOSTS });
    checkArgs(input.buildArgs, 'buildArgs');
    return this.idempotency.write(appRegister, input, async (tx) => {
      const [askedRef, askedDockerfilePath] = [input.ref ?? null, input.dockerfilePath ?? null];
      const identity = identityOf(url.publicUrl, askedRef, askedDockerfilePath);
      const known = await tx.manager.findOneBy(RepositoryEntity, { identity });
      if (known) return { app: await this.registeredAgain(tx, known, url.url, url.credentials !== null), created: false };
      const row = tx.manager.create(RepositoryEntity, {
        id: newId('app'),
        slug: await freeSlug(tx.manager, url.slug),
        identity,
        publicUrl: url.publicUrl,
        fetchUrl: url.url,
        askedRef,
        askedDockerfilePath,
        buildTarget: input.buildTarget ?? null,
        buildArgs: input.buildArgs ?? {},
        foundRef: null,
        foundDockerfilePath: null,
        name: '',
        description: '',
        curatedName: input.name ?? null,
        curatedDescription: input.description ?? null,
        ingestedName: null,
        ingestedDescription: null,
        readmeSummary: null,
        media: [],
        port: null,
        healthPath: null,
        commitSha: null,
        readBy: null,
        ingestWarnings: [],
        dockerfileChoice: null,
        ingestStatus: 'pending',
        errorCode: null,
        errorMessage: null,
        ingestAttempts: 0,
        ingestionId: null,
        lastIngestedAt: null,
        repositoryKey: repositoryKey(url.publicUrl),
        nextCheckAt: null,
        checkedAt: null,
        checkId: null,
        quietChecks: 0,
        attemptedCommitSha: null,
        pinned: 0,
        launchCount: 0,
        createdAt: tx.now,
        updatedAt: tx.now,
      });
      await tx.manager.insert(RepositoryEntity, row);
      await replaceTags(tx.manager, row.id, ['manual'], manualTags(input.tags ?? []));
      refreshShown(row);
      await this.ingestions.begin(tx, row, 'Registered, waiting to be read');
      const app = await viewApp(tx.manager, row.id);
      await this.outbox.event(tx, 'app.created', row.id, { app });
      return { app, created: true };
    });
  }

  async get(idOrSlug: string): Promise<App> {
    return this.database.read(async (manager) => {
      const app = await viewApp(manager, (await findApp(manager, idOrSlug)).id);
      if (app.latestBuild?.status !== 'pending') return app;
      const row = await manager.findOneBy(BuildEntity, { id: app.latestBuild.id });
      return { ...app, latestBuild: { ...app.latestBuild, queue: row && (await placeInQueue(manager, row)) } };
    });
  }

  /**
   * What a curator sets here survives the next ingestion. `tags` replaces those set by hand before.
   * @throws DomainError NOT_FOUND; CONFLICT where another app has this Dockerfile of the same repository
   */
  async update({ id, changes }: z.output<typeof appUpdate.input>): Promise<App> {
    checkArgs(changes.buildArgs, 'buildArgs');
    return this.database.write(async (tx) => {
      const row = await findApp(tx.manager, id);
      if (changes.name !== undefined) row.curatedName = changes.name;
      if (changes.description !== undefined) row.curatedDescription = changes.description;
      if (changes.tags !== undefined) await replaceTags(tx.manager, row.id, ['manual'], manualTags(changes.tags));
      refreshShown(row);
      if (changes.dockerfilePath !== undefined) await this.chooseDockerfile(tx, row, changes.dockerfilePath);
      if (changes.buildTarget !== undefined) row.buildTarget = changes.buildTarget;
      if (changes.buildArgs !== undefined) row.buildArgs = changes.buildArgs;
      if (changes.pinned !== undefined) row.pinned = changes.pinned ? 1 : 0;
      const builds = changes.buildTarget !== undefined || changes.buildArgs !== undefined;
      // With another Dockerfile, it is built once that was read.
      if (builds && changes.dockerfilePath === undefined) await this.builds.ensureBuilt(tx, row);
      return this.changed(tx, row);
    });
  }

  /** Reads and builds anew with another Dockerfile; null: the one that the hub chooses. @throws DomainError CONFLICT */
  private async chooseDockerfile(tx: Transaction, row: RepositoryEntity, path: string | null): Promise<void> {
    if (path === row.askedDockerfilePath) return;
    const identity = identityOf(row.publicUrl, row.askedRef, path);
    const other = await tx.manager.findOneBy(RepositoryEntity, { identity });
    if (other) throw new DomainError('CONFLICT', `The app "${other.slug}" is this repository with this Dockerfile already.`);
    // What was read is of another Dockerfile: no reading is "unchanged" until this one was read.
    Object.assign(row, { askedDockerfilePath: path, identity, readBy: null, quietChecks: 0 });
    await this.ingestions.begin(tx, row, path === null ? 'The Dockerfile is chosen anew, waiting to be read' : `Another Dockerfile was set: ${path}, waiting to be read`);
  }

  /** Reads the repository anew now, also where nothing has changed. One that waits for just that is left to it. */
  async retry(input: z.output<typeof appRetry.input>): Promise<App> {
    return this.idempotency.write(appRetry, input, async (tx) => {
      const row = await findApp(tx.manager, input.id);
      const current = await this.ingestions.currentOf(tx, row);
      if (current && (await this.ingestions.waitsToReadAnew(tx, current))) return viewApp(tx.manager, row.id);
      row.quietChecks = 0; // somebody works on it
      await this.ingestions.begin(tx, row, 'Asked to be read again, waiting');
      return this.changed(tx, row);
    });
  }

  /** Credentials may have been renewed since: the newest are used from now on. */
  private async registeredAgain(tx: Transaction, row: RepositoryEntity, fetchUrl: string, hasCredentials: boolean): Promise<App> {
    if (hasCredentials && row.fetchUrl !== fetchUrl) {
      row.fetchUrl = fetchUrl;
      await tx.manager.update(RepositoryEntity, { id: row.id }, { fetchUrl });
    }
    return viewApp(tx.manager, row.id);
  }

  private async changed(tx: Transaction, row: RepositoryEntity): Promise<App> {
    row.updatedAt = tx.now;
    await tx.manager.update(RepositoryEntity, { id: row.id }, row);
    const app = await viewApp(tx.manager, row.id);
    await this.outbox.event(tx, 'app.updated', row.id, { app });
    return app;
  }
}

/** What makes two registrations the same. */
function identityOf(publicUrl: string, ref: string | null, dockerfilePath: string | null): string {
  return JSON.stringify([publicUrl.replace(/\.git$/, ''), ref, dockerfilePath]);
}

function manualTags(texts: readonly string[]): Tag[] {
  return texts.map((text, at) => {
    const { key, value } = parseTag(text);
    if (value.length > 200) {
      const message = 'A tag value is at most 200 characters long.';
      throw new DomainError('VALIDATION_FAILED', message, { errors: [{ path: `tags.${at}`, message }] });
    }
    return { key, value, source: 'manual', from: 'curator' };
  });
}
