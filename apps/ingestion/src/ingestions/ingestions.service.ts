import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { type IngestJob, redactUrl } from '@osiris/contracts';
import { GitFetcher } from '@osiris/git';
import { findDockerfile } from '../dockerfiles/find-dockerfile';
import { readRepository } from '../readers/read-repository';
import { SourceTree } from '../source-trees/source-tree';
import type { IngestionReport } from './ingestion-report';
import { WorkFolders } from './work-folders';

/** Turns a repository into what the hub knows of an app. */
@Injectable()
export class IngestionsService {
  constructor(
    private readonly git: GitFetcher,
    private readonly folders: WorkFolders,
  ) {}

  /** @throws DomainError REPO_*, REF_*, HOST_NOT_ALLOWED, DOCKERFILE_MISSING; the signal's reason where it was aborted */
  async ingest(job: IngestJob, report: IngestionReport, signal: AbortSignal): Promise<void> {
    const url = redactUrl(job.repoUrl);
    await report.started();
    await this.folders.use(async (folder) => {
      const into = join(folder, 'tree');
      await report.progressed('fetching', `Fetching ${job.ref ?? 'the default branch'} of ${url}`, { durationMs: 0 });
      let begun = performance.now();
      const { commitSha, ref } = await this.git.fetch({ repoUrl: job.repoUrl, ref: job.ref, into, signal });
      const fetchMs = performance.now() - begun;
      await report.progressed('fetching', `Fetched ${ref ?? 'the commit'} at ${commitSha.slice(0, 12)} in ${seconds(fetchMs)}`, { durationMs: fetchMs, commitSha });

      begun = performance.now();
      const tree = await SourceTree.open(into);
      signal.throwIfAborted();
      const dockerfile = findDockerfile(tree.files.map(({ path }) => path), job.dockerfilePath);
      const publicUrl = url === job.repoUrl ? url : null;
      const read = await readRepository(tree, { dockerfilePath: dockerfile.path, commitSha, publicUrl });
      signal.throwIfAborted();
      const readMs = performance.now() - begun;
      const found = `${tree.files.length} files, ${read.tags.length} tags; builds ${dockerfile.path} (${dockerfile.reason})`;
      await report.progressed('reading', `Read ${found} in ${seconds(readMs)}`, { durationMs: readMs, commitSha });

      await report.completed({ commitSha, ref, dockerfile, ...read });
    });
  }
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
