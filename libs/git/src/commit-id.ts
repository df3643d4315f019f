/** 40 hexadecimal digits (SHA-1), or 64 (SHA-256), lower case. */
export type CommitId = string;

const COMMIT_ID = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

export function isCommitId(text: string): boolean {
  return COMMIT_ID.test(text);
}
