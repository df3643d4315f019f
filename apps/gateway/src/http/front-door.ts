import type { FastifyError, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { newTraceparent } from '@osiris/service-kit';
import { launchOfHost } from '../previews/preview-address';
import { BODY_LIMIT_BYTES } from './json-body';
import { refuseUpgrade } from './refuse-upgrade';
import { PROBLEM_TYPE, problemOf } from './problem';
import { serveWithoutUpgrade, wantsWebSocket } from './upgrades';

export interface Rooms {
  previews: {
    serve(request: IncomingMessage, response: ServerResponse, launchId: string | null): Promise<void>;
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, launchId: string | null): Promise<void>;
  };
  /** Upgrades on the hub's own host. */
  events: { upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void };
  onError(error: unknown): void;
}

/** Longest slug that may stand percent-encoded in a path; Fastify's own limit of 100 would answer 404 before we look. */
const MAX_PARAM_LENGTH = 2_048;

/**
 * Of a request's line and headers together. Node's own 16 KiB would break the connection off on a long query before it
 * could be told what is wrong with it; a letter may take nine bytes percent-encoded.
 */
const MAX_HEADER_BYTES = 256 * 1024;

/**
 * The one listener. What is addressed to a preview's host never meets the API's router: it may have any path, any
 * method and any body, and is passed through byte by byte.
 */
export class FrontDoor {
  private rooms: Rooms | undefined;

  constructor(private readonly previewDomain: string) {}

  open(rooms: Rooms): void {
    this.rooms = rooms;
  }

  readonly fastifyOptions: FastifyServerOptions = {
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    // Event streams and long logs would hold a shutdown for ever.
    forceCloseConnections: true,
    serverFactory: (handler) => this.createServer(handler as (request: IncomingMessage, response: ServerResponse) => void),
    frameworkErrors: (error, request, reply) => answerUnreadable(error, request, reply),
  };

  private createServer(api: (request: IncomingMessage, response: ServerResponse) => void): Server {
    // No time limit on a whole request: uploads to previews take what they take. Headers still have 60 s.
    const server = createServer({ requestTimeout: 0, keepAliveTimeout: 72_000, maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
      const launchId = launchOfHost(request.headers.host, this.previewDomain);
      if (launchId === undefined) return api(request, response);
      this.rooms?.previews.serve(request, response, launchId).catch((error: unknown) => {
        this.rooms?.onError(error);
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      });
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (!wantsWebSocket(request)) return serveWithoutUpgrade(server, request, socket, head);
      // Without a listener an error on a socket ends the process.
      socket.on('error', () => socket.destroy());
      const launchId = launchOfHost(request.headers.host, this.previewDomain);
      if (!this.rooms) return refuseUpgrade(socket, 503);
      if (launchId === undefined) return this.rooms.events.upgrade(request, socket, head);
      this.rooms.previews.upgrade(request, socket, head, launchId).catch((error: unknown) => {
        this.rooms?.onError(error);
        refuseUpgrade(socket, 500);
      });
    });
    return server;
  }
}

/** A request target that cannot be decoded does not reach any route or hook. */
function answerUnreadable(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const { problem } = problemOf(error, newTraceparent().slice(3, 35));
  void reply.status(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
}
