import type Docker from 'dockerode';
// dockerode's own session: `docker.buildImage` would end it only where the build's stream ends by itself, and leak a
// socket and a gRPC server with each build that is aborted.
import withSession from 'dockerode/lib/session';
import { engineStatus } from '../engine-errors';

export interface BuildKitSession {
  id: string;
  close(): void;
}

/**
 * Opens the session through which BuildKit asks its client for registry credentials (none are given).
 * @returns null where the engine has no BuildKit
 */
export function openBuildKitSession(docker: Docker): Promise<BuildKitSession | null> {
  return new Promise((resolve, reject) => {
    withSession(docker, undefined, (error, id, close) => {
      if (!error && id !== null) return resolve({ id, close });
      const status = engineStatus(error);
      if (status === 404 || status === 405 || status === 501) return resolve(null);
      // As it is: its code says whether an engine answered.
      reject(error);
    });
  });
}
