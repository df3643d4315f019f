import { DomainError, repositoryChecked, type RepositoryCheckJob } from '@osiris/contracts';
import type { GitFetcher, ScratchRequest } from '@osiris/git';
import type { Facts, JobContext } from '@osiris/service-kit';
import { pino } from 'pino';
import type { ScratchFolder } from '../ingestions/scratch-folder';
import { RepositoryChecksWorker } from './repository-checks.worker';

const COMMIT = 'c0ffee'.padEnd(40, '0');
const payload: RepositoryCheckJob = { appId: 'app_0123456789', checkId: 'chk_1', repoUrl: 'https://me:hunter2@example.com/a', ref: 'main', knownCommitSha: COMMIT };

async function check(lsRemote: (request: ScratchRequest) => Promise<{ commitSha: string; ref: string | null }>, signal = new AbortController().signal) {
  const told: unknown[] = [];
  const facts = { publish: (definition: unknown, fact: unknown) => Promise.resolve(void told.push(definition === repositoryChecked ? repositoryChecked.schema.parse(fact) : definition)) };
  const worker = new RepositoryChecksWorker({ lsRemote } as unknown as GitFetcher, { path: '/scratch' } as ScratchFolder, facts as unknown as Facts, pino({ level: 'silent' }));
  const context: JobContext<RepositoryCheckJob> = { payload, delivery: 1, maxDeliveries: 3, lastDelivery: false, signal };
  await worker.check(context);
  return told;
}

it('says where the ref points now', async () => {
  const [fact] = await check(({ repoUrl, ref }) => Promise.resolve({ commitSha: repoUrl === payload.repoUrl && ref === 'main' ? COMMIT : '', ref }));
  expect(fact).toMatchObject({ appId: payload.appId, checkId: 'chk_1', commitSha: COMMIT, error: null });
});

it.each([
  [new DomainError('REF_NOT_FOUND', 'gone'), { code: 'REF_NOT_FOUND', message: 'gone' }],
  // Also what may pass by itself: when to ask again is the catalog's to say.
  [new DomainError('REPO_UNREACHABLE', 'away'), { code: 'REPO_UNREACHABLE', message: 'away' }],
  [new TypeError('ENOENT /srv/secret'), { code: 'INTERNAL', message: expect.not.stringContaining('/srv') as string }],
])('tells %s as a fact, and is done', async (error, data) => {
  const [fact] = await check(() => Promise.reject(error));
  expect(fact).toMatchObject({ commitSha: null, error: data });
  expect(JSON.stringify(fact)).not.toContain('hunter2');
});

it('leaves the question to another instance when shutting down', async () => {
  const controller = new AbortController();
  const answer = check(() => {
    controller.abort(new Error('shutting down'));
    return Promise.reject(new Error('shutting down'));
  }, controller.signal);
  await expect(answer).rejects.toThrow('shutting down');
});

it('waits for no host longer than others can be kept waiting', async () => {
  const late = new AbortController();
  const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal);
  const answer = check(({ signal }) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))));
  late.abort(new Error('late'));
  expect(await answer).toMatchObject([{ commitSha: null, error: { code: 'REPO_TIMEOUT' } }]);
  timeout.mockRestore();
});
