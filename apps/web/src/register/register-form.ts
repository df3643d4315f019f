import { adviceFor } from '../api/advice';
import type { ApiError } from '../api/api-error';
import type { RegisterAppRequest } from '../api/apps.api';
import { parseQuery } from '../search/query-text';

/** What is typed, as typed. */
export interface RegisterForm {
  repoUrl: string;
  ref: string;
  dockerfilePath: string;
  name: string;
  tags: string;
}

export const emptyForm: RegisterForm = { repoUrl: '', ref: '', dockerfilePath: '', name: '', tags: '' };

/** Words that are no tag are sent as they are, so that the hub's answer names them. */
function tagsOf(text: string): string[] {
  const { chips, text: words } = parseQuery(text.replace(/,/g, ' '));
  return [...chips.map(({ key, value }) => `${key}:${value}`), ...words.split(/\s+/).filter(Boolean)];
}

export function requestOf(form: RegisterForm): RegisterAppRequest {
  const tags = tagsOf(form.tags);
  return {
    repoUrl: form.repoUrl.trim(),
    ...(form.ref.trim() && { ref: form.ref.trim() }),
    ...(form.dockerfilePath.trim() && { dockerfilePath: form.dockerfilePath.trim() }),
    ...(form.name.trim() && { name: form.name.trim() }),
    ...(tags.length > 0 && { tags }),
  };
}

const FIELD_OF_CODE: Partial<Record<string, keyof RegisterForm>> = {
  REPO_URL_INVALID: 'repoUrl',
  HOST_NOT_ALLOWED: 'repoUrl',
  REPO_NOT_FOUND: 'repoUrl',
  REF_INVALID: 'ref',
};

export type RegisterErrors = Partial<Record<keyof RegisterForm | 'form', string>>;

/** Puts what the hub did not accept beside the field it is about, with what would mend it. */
export function fieldErrors(error: ApiError | null): RegisterErrors {
  if (!error) return {};
  const found: RegisterErrors = {};
  for (const { path, message } of error.errors) {
    const field = path.split('.')[0] ?? '';
    found[field in emptyForm ? (field as keyof RegisterForm) : 'form'] ??= message;
  }
  if (Object.keys(found).length > 0) return found;
  const text = [error.message, adviceFor(error.code)].filter(Boolean).join(' ');
  return { [FIELD_OF_CODE[error.code] ?? 'form']: text };
}

