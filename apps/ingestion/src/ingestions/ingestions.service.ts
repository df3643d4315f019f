import { Injectable } from '@nestjs/common';
import { type IngestJob, redactUrl } from '@osiris/contracts';
import { GitFetcher, type OpenedCommit } from '@osiris/git';
import { BillsOfMaterials } from '../bill-of-materials/bills-of-materials';
import type { DescribedApp } from '../bill-of-materials/cyclonedx-document';
import { composeToConsult, findDockerfile } from '../dockerfiles/find-dockerfile';
import { Pictures } from '../pictures/pictures';
import type { Merged } from '../readers/merge-readings';
import { readRepository, readTexts } from '../readers/read-repository';
import { READERS_VERSION } from '../readers/version';
import type { Completed, IngestionReport } from './ingestion-report';
import { ScratchFolder } from './scratch-folder';

/** Turns a repository into what the hub knows of an app. */
@Injectable()
export class IngestionsService {
  constructor(
    private readonly git: GitFetcher,
    private readonly scratch: ScratchFolder,
    private readonly pictures: Pictures,
    private readonly bills: BillsOfMaterials,
  ) {}

  /** @throws DomainError REPO_*, REF_*, HOST_NOT_ALLOWED, DOCKERFILE_MISSING; the signal's reason where it was aborted */
  async ingest(job: IngestJob, report: IngestionReport, signal: AbortSignal): Promise<void> {
    const { repoUrl, ref, known } = job;
    report.started();
    report.progressed('fetching', `Fetching ${ref ?? 'the default branch'} of ${redactUrl(repoUrl)}`, { durationMs: 0 });
    const begun = performance.now();
    // Newer readers see more in the same commit.
    const unless = known?.readBy === READERS_VERSION ? known.commitSha : null;
    const looked = await this.git.withCommit({ repoUrl, ref, scratchParent: this.scratch.path, signal, unless }, async (commit) => {
      const fetchMs = performance.now() - begun;
      report.progressed('fetching', `Fetched ${commit.ref ?? 'the commit'} at ${commit.commitSha.slice(0, 12)} in ${seconds(fetchMs)}`, { durationMs: fetchMs, commitSha: commit.commitSha });
      return this.read(job, commit, report, signal);
    });
    if (looked.outcome === 'unchanged') await report.unchanged(looked.commit);
    else await report.completed(looked.value);
  }

  private async read(job: IngestJob, commit: OpenedCommit, report: IngestionReport, signal: AbortSignal): Promise<Completed> {
    const begun = performance.now();
    const { commitSha, ref, files } = commit;
    const paths = files.map(({ path }) => path);
    const dockerfile = findDockerfile(paths, job.dockerfilePath, await readTexts(commit, composeToConsult(paths, job.dockerfilePath)));
    const publicUrl = redactUrl(job.repoUrl) === job.repoUrl ? job.repoUrl : null;
    const { materials, ...read } = await readRepository(commit, { dockerfilePath: dockerfile.path, commitSha, publicUrl });
    const [pictures, bill] = await Promise.all([
      this.pictures.store(commit, read.media, job, signal),
      materials ? this.bills.store(describedApp(job, commitSha, dockerfile.path, read), materials, job) : NO_BILL,
    ]);
    signal.throwIfAborted();
    const readMs = performance.now() - begun;
    const found = `${filesOf(commit)}, ${read.tags.length} tags; builds ${dockerfile.path} (${dockerfile.reason})`;
    report.progressed('reading', `Read ${found} in ${seconds(readMs)}`, { durationMs: readMs, commitSha });
    const completed: Completed = { commitSha, ref, dockerfile, ...read, media: pictures.media, warnings: [...read.warnings, ...pictures.warnings, ...bill.warnings] };
    // Without it no later reading is "unchanged": what could not be stored comes with the next look.
    return pictures.storeAway || bill.storeAway ? completed : { ...completed, readBy: READERS_VERSION };
  }
}

const NO_BILL = { warnings: [], storeAway: false };

function describedApp({ slug, repoUrl }: IngestJob, commitSha: string, dockerfilePath: string, { metadata, tags }: Pick<Merged, 'metadata' | 'tags'>): DescribedApp {
  const licences = tags.filter(({ key, source }) => key === 'license' && source === 'auto').map(({ value }) => value);
  return { name: metadata.name ?? slug, commitSha, repoUrl: redactUrl(repoUrl), dockerfilePath, licences, readersVersion: READERS_VERSION };
}

/** "120 files (without 2 links, 1 submodule)" */
function filesOf({ files, leftOut }: OpenedCommit): string {
  const kinds: [number, string][] = [[leftOut.further, 'further file'], [leftOut.links, 'link'], [leftOut.submodules, 'submodule'], [leftOut.tooLong, 'overlong path']];
  const without = kinds.filter(([count]) => count > 0).map(([count, kind]) => counted(count, kind));
  return counted(files.length, 'file') + (without.length > 0 ? ` (without ${without.join(', ')})` : '');
}

function counted(count: number, kind: string): string {
  return `${count} ${kind}${count === 1 ? '' : 's'}`;
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
