const { PATH, TMPDIR } = process.env;

/** Git as it comes: nothing of this machine's or this user's configuration. */
export const gitEnv = {
  PATH, ...(TMPDIR ? { TMPDIR } : {}),
  GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.com',
};
