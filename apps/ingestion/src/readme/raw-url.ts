import type { Repository } from '../readers/reader';

/** Host to the address of a file at a commit. As these hosts document them, or link to them themselves. */
const FORMS: Readonly<Record<string, (project: string, commit: string, path: string) => string>> = {
  'github.com': (project, commit, path) => `https://raw.githubusercontent.com/${project}/${commit}/${path}`,
  'gitlab.com': (project, commit, path) => `https://gitlab.com/${project}/-/raw/${commit}/${path}`,
  'codeberg.org': (project, commit, path) => `https://codeberg.org/${project}/raw/commit/${commit}/${path}`,
  'gitea.com': (project, commit, path) => `https://gitea.com/${project}/raw/commit/${commit}/${path}`,
  'bitbucket.org': (project, commit, path) => `https://bitbucket.org/${project}/raw/${commit}/${path}`,
  'huggingface.co': (project, commit, path) => `https://huggingface.co/${project}/resolve/${commit}/${path}`,
};

/** The public https address of a file at the commit; undefined where the host is not known to have one. */
export function rawUrl(path: string, { publicUrl, commitSha }: Pick<Repository, 'publicUrl' | 'commitSha'>): string | undefined {
  const [, host = '', project = ''] = /^https:\/\/([^/?#@:]+)\/([^?#]+?)(?:\.git)?\/?$/i.exec(publicUrl ?? '') ?? [];
  const form = Object.hasOwn(FORMS, host.toLowerCase()) ? FORMS[host.toLowerCase()] : undefined;
  return form?.(project, commitSha, path.split('/').map(encodeURIComponent).join('/'));
}
