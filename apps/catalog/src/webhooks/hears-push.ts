export interface FollowedRef {
  /** As registered: a name, a full name or a commit; null: the default branch. */
  askedRef: string | null;
  /** Short name of what the last reading found for it. */
  foundRef: string | null;
}

/**
 * Whether a push changes what an app is read from. Of a repository whose default branch nobody tells, the branch that was
 * found last counts as such; before the first reading every branch does.
 * @param push.ref full name: `refs/heads/main`, `refs/tags/v1`
 */
export function hearsPush({ askedRef, foundRef }: FollowedRef, { ref, defaultBranch }: { ref: string; defaultBranch: string | null }): boolean {
  const short = ref.replace(/^refs\/(heads|tags)\//, '');
  if (askedRef !== null) return askedRef === ref || askedRef === short;
  if (!ref.startsWith('refs/heads/')) return false;
  const followed = defaultBranch ?? foundRef;
  return followed === null || followed === short || followed === ref;
}
