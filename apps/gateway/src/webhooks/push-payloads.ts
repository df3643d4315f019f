import { DomainError, type RepositoryPush } from '@osiris/contracts';
import { z } from 'zod';
import { fieldErrors } from '../http/route.decorator';

/** What a body says of a push; the rest of it is not looked at. */
export type Push = Omit<RepositoryPush, 'deliveries'>;
/** `event`: it is about something else. `deleted`: the ref is gone. */
export type ReadPush = Push | 'event' | 'deleted';

const Ref = z.string().min(1).max(300);
const Commit = z.string().max(64).nullish();
const Branch = z.string().max(300).nullish();
const Url = z.string().max(2_048).nullish();

/** https://docs.github.com/webhooks/webhook-events-and-payloads#push */
const GithubPush = z.object({
  ref: Ref,
  after: Commit,
  deleted: z.boolean().nullish(),
  repository: z.object({ clone_url: Url, ssh_url: Url, git_url: Url, html_url: Url, url: Url, default_branch: Branch, master_branch: Branch }),
});

const GitlabProject = z.object({ git_http_url: Url, git_ssh_url: Url, http_url: Url, ssh_url: Url, web_url: Url, url: Url, homepage: Url, default_branch: Branch });
/** https://docs.gitlab.com/user/project/integrations/webhook_events/#push-events; system hooks name the kind `event_name`. */
const GitlabKind = z.object({ object_kind: z.string().max(100).nullish(), event_name: z.string().max(100).nullish() });
const GitlabPush = z.object({ ref: Ref, after: Commit, project: GitlabProject, repository: GitlabProject.partial().nullish() });

/** @param event the `X-GitHub-Event` header. @throws DomainError VALIDATION_FAILED */
export function readGithubPush(event: string | undefined, body: unknown): ReadPush {
  if (event !== undefined && event !== 'push') return 'event';
  const { ref, after, deleted, repository } = parsed(GithubPush, body);
  if (deleted === true || isNoCommit(after)) return 'deleted';
  const { clone_url, ssh_url, git_url, html_url, url } = repository;
  return { ref, urls: present([clone_url, ssh_url, git_url, html_url, url]), defaultBranch: repository.default_branch ?? repository.master_branch ?? null };
}

/** @throws DomainError VALIDATION_FAILED */
export function readGitlabPush(body: unknown): ReadPush {
  const { object_kind, event_name } = parsed(GitlabKind, body);
  const kind = object_kind ?? event_name;
  if (kind !== 'push' && kind !== 'tag_push') return 'event';
  const { ref, after, project, repository } = parsed(GitlabPush, body);
  if (isNoCommit(after)) return 'deleted';
  const urls = [project, repository].flatMap((of) => [of?.git_http_url, of?.git_ssh_url, of?.http_url, of?.ssh_url, of?.web_url, of?.url, of?.homepage]);
  return { ref, urls: present(urls), defaultBranch: project.default_branch ?? null };
}

/** Git writes a ref that is gone as a commit of zeros. */
const isNoCommit = (commit: string | null | undefined): boolean => /^0+$/.test(commit ?? '');

const present = (urls: readonly (string | null | undefined)[]): string[] => [...new Set(urls.filter((url): url is string => typeof url === 'string' && url !== ''))];

function parsed<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const errors = fieldErrors(result.error);
  throw new DomainError('VALIDATION_FAILED', `This is not the body of a push: ${errors.map(({ path, message }) => `${path || 'body'}: ${message}`).join('; ')}`, { errors });
}
