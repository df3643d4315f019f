import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type sendUnaryData, Server, ServerCredentials, type ServerDuplexStream, type ServerUnaryCall, status } from '@grpc/grpc-js';
import type Docker from 'dockerode';
import { engineStatus } from '../../engine-errors';
import type { ContextFiles } from './context-files';
import { serveFiles } from './file-sync';
import { type Packet, SESSION_METHODS } from './session-schema';

export interface SessionOptions {
  /** What the engine may ask for. */
  files: ContextFiles;
  /** Whose files these are: the engine keeps what it was sent under this name, and asks only for what differs. */
  sharedKey: string;
}

export interface BuildKitSession {
  id: string;
  /** Why files could not be served, where that went wrong. */
  failure(): Error | undefined;
  close(): void;
}

const SERVING = 1;

/**
 * Opens the session through which BuildKit asks its client for files, and for registry credentials (none are given): HTTP/2
 * over the engine's own socket, where the client is the one that serves gRPC.
 * https://docs.docker.com/reference/api/engine/ (Session), BuildKit's session/manager.go (the headers)
 * @returns null where the engine has no BuildKit
 */
export async function openBuildKitSession(docker: Docker, { files, sharedKey }: SessionOptions): Promise<BuildKitSession | null> {
  const id = randomUUID();
  const socket = await dial(docker, {
    Upgrade: 'h2c',
    'X-Docker-Expose-Session-Uuid': id,
    'X-Docker-Expose-Session-Name': 'osiris',
    'X-Docker-Expose-Session-Sharedkey': sharedKey,
    'X-Docker-Expose-Session-Grpc-Method': Object.values(SESSION_METHODS).map(({ path }) => path),
  });
  if (socket === null) return null;
  let failure: Error | undefined;
  // Files come in pieces of 64 kB; what the engine says is short.
  const server = new Server({ 'grpc.max_receive_message_length': 1024 * 1024 });
  const { credentials, check, diffCopy } = SESSION_METHODS;
  server.addService({ credentials }, { credentials: (_call: ServerUnaryCall<object, object>, answer: sendUnaryData<object>) => answer(null, {}) });
  server.addService({ check }, { check: (_call: ServerUnaryCall<object, object>, answer: sendUnaryData<object>) => answer(null, { status: SERVING }) });
  server.addService(
    { diffCopy },
    {
      diffCopy: (stream: ServerDuplexStream<Packet, Packet>) => {
        serveFiles(stream, files).then(
          () => stream.end(),
          (error: Error) => {
            failure ??= error;
            stream.emit('error', { code: status.ABORTED, details: error.message });
          },
        );
      },
    },
  );
  server.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(socket);
  // What came with the upgrade is taken in on the next tick, which Node does not call off: a session that is closed before
  // it (by a build that fails at once) would throw where nobody catches.
  await nextTurn();
  return {
    id,
    failure: () => failure,
    close: () => {
      server.forceShutdown();
      socket.destroy();
    },
  };
}

function dial(docker: Docker, headers: Record<string, string | string[]>): Promise<Duplex | null> {
  const options = { method: 'POST', path: '/session', hijack: true, headers, statusCodes: { 200: true as const, 500: 'server error' } };
  return new Promise((resolve, reject) => {
    docker.modem.dial(options as unknown as Parameters<typeof docker.modem.dial>[0], (error: unknown, socket: unknown) => {
      if (!error) return resolve(socket as Duplex);
      const code = engineStatus(error);
      if (code === 404 || code === 405 || code === 501) return resolve(null);
      // As it is: its code says whether an engine answered.
      reject(error);
    });
  });
}
