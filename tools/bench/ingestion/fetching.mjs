import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../launcher/paths.mjs';
import { makeBigRepository } from './big-repository.mjs';
import { gitEnv } from './git-env.mjs';
import { GitHost } from './git-host.mjs';

/**
 * @typedef {{ seconds: number, bytes: number }} Fetched
 * @typedef {{ packBytes: number, treeBytes: number, ours: Fetched[], clone: Fetched[], filesRead: number }} FetchResults
 */

/**
 * One large repository over smart HTTP: read as ingestion does, beside `git clone --depth 1`.
 * @param {string} folder @param {number} runs @param {(text: string) => void} note
 * @returns {Promise<FetchResults>}
 */
export async function measureFetching(folder, runs, note) {
  const repositories = join(folder, 'host');
  const path = join(repositories, 'atlas.git');
  note('making the repository');
  await makeBigRepository(path);
  const host = new GitHost(repositories);
  try {
    const url = `${await host.start()}/atlas.git`;
    const scratch = join(folder, 'scratch');
    const read = readerOf(scratch);
    const counted = async (/** @type {() => Promise<void>} */ work) => {
      const [before, began] = [host.bytesSent, performance.now()];
      await work();
      return { seconds: (performance.now() - began) / 1000, bytes: host.bytesSent - before };
    };
    let filesRead = 0;
    let treeBytes = 0;
    const ours = async () => void (filesRead = await read(url));
    const clone = async () => {
      const into = join(folder, 'clone');
      await git(folder, ['clone', '--quiet', '--depth', '1', url, into]);
      if (treeBytes === 0) treeBytes = sizeOf(into);
    };
    const cleared = (/** @type {Fetched} */ fetched) => {
      rmSync(join(folder, 'clone'), { recursive: true, force: true });
      return fetched;
    };
    note('once, not counted');
    await ours();
    await clone();
    cleared({ seconds: 0, bytes: 0 });
    /** @type {FetchResults} */
    const results = { packBytes: sizeOf(join(path, 'objects')), treeBytes, ours: [], clone: [], filesRead };
    for (let run = 0; run < runs; run++) {
      note(`run ${run + 1} of ${runs}`);
      const pair = { ours: async () => results.ours.push(await counted(ours)), clone: async () => results.clone.push(cleared(await counted(clone))) };
      // Who goes first alternates.
      for (const side of run % 2 === 0 ? [pair.ours, pair.clone] : [pair.clone, pair.ours]) await side();
    }
    return results;
  } finally {
    await host.stop();
    rmSync(repositories, { recursive: true, force: true });
  }
}

/** Fetches and reads as the ingestion service does. @param {string} scratchParent @returns {(url: string) => Promise<number>} files listed */
function readerOf(scratchParent) {
  const built = createRequire(import.meta.url);
  const { GitFetcher } = built(join(root, 'libs/git/dist/index.js'));
  const { readRepository } = built(join(root, 'apps/ingestion/dist/readers/read-repository.js'));
  const git = new GitFetcher({ allowedRoots: [], allowPrivateHosts: true, timeoutMs: 600_000, maxBytes: 2 ** 30 });
  return async (repoUrl) => {
    const { value } = await git.withCommit({ repoUrl, ref: null, scratchParent }, async (/** @type {any} */ commit) => {
      const { tags, metadata } = await readRepository(commit, { dockerfilePath: 'Dockerfile', commitSha: commit.commitSha, publicUrl: repoUrl });
      if (metadata.name !== 'Atlas' || tags.length < 3) throw new Error(`ingestion read something else: ${JSON.stringify(metadata)}`);
      return commit.files.length;
    });
    return value;
  };
}

/** @param {string} cwd @param {string[]} args */
async function git(cwd, args) {
  const child = spawn('git', args, { cwd, env: gitEnv, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`git ${args.join(' ')}: ${code}`);
}

/** Bytes of the files in a folder, without those of `.git` in it. @param {string} folder @returns {number} */
function sizeOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    if (entry.name === '.git') return sum;
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? sizeOf(path) : statSync(path).size);
  }, 0);
}
