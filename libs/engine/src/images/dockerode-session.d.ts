declare module 'dockerode/lib/session' {
  import type Docker from 'dockerode';

  function withSession(
    docker: Docker,
    auth: { username: string; password: string } | undefined,
    handler: (error: unknown, sessionId: string | null, close: () => void) => void,
  ): void;
  export = withSession;
}
