import fastifyStatic from '@fastify/static';
import { NotFoundException } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { join, normalize, resolve } from 'node:path';

/** Addresses that are pages of the web app; it reads the path itself. */
const PAGES = /^\/(?:|register|operations|watch\/.+)$/;
/** Vite puts a hash of the content into the names of what it builds. */
const HASHED = /^\/assets\//;
/** Browsers ask for it on pages that name no icon of theirs, as JSON and logs are. */
const ICON = '/favicon.ico';

const DIST = join(__dirname, '../../../web/dist');

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Osiris AppHub</title>
<p>The web app is not built: run <code>npx nx run web:build</code>. The API is here: <a href="/docs">/docs</a>.</p></html>`;

export interface WebAppOptions {
  /** The built web app; this package's sibling unless told otherwise. */
  dist: string | undefined;
  policy: string;
}

/**
 * Serves the web app: its files, and its one page at each of its addresses. What is neither is not found, which the page
 * says to people and a problem to programs.
 */
export async function serveWebApp(fastify: FastifyInstance, { dist, policy }: WebAppOptions): Promise<void> {
  const root = resolve(dist ?? DIST);
  await fastify.register(fastifyStatic, { root, serve: false, cacheControl: false });

  fastify.get('/*', (request, reply) => {
    const path = decodedPath(request.url);
    if (path === undefined) throw new NotFoundException();
    if (PAGES.test(path) || path === '/index.html') return sendPage(reply, root, policy);
    if (path === ICON && isFile(root, '/favicon.svg')) return reply.header('cache-control', 'no-cache').sendFile('favicon.svg');
    if (!isFile(root, path)) {
      if (wantsPage(request)) return sendPage(reply.status(404), root, policy);
      throw new NotFoundException();
    }
    void reply.header('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    return reply.sendFile(path.slice(1));
  });
}

/** Addresses of the API that are pages too. */
const ALSO_PAGES = /^\/builds\/[^/]+$/;

/**
 * Answers with the page where an address of the API is opened in a browser, which names HTML first; programs, which name it not at
 * all, get the API's answer. Call it on the instance that has the API's routes, before them.
 */
export function servePagesOfApi(fastify: FastifyInstance, { dist, policy }: WebAppOptions): void {
  const page = join(resolve(dist ?? DIST), 'index.html');
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!ALSO_PAGES.test(decodedPath(request.url) ?? '')) return done();
    void reply.header('vary', 'Accept');
    if (request.method !== 'GET' || !wantsPage(request)) return done();
    void reply.header('content-security-policy', policy).header('cache-control', 'no-cache').type('text/html; charset=utf-8');
    void reply.send(existsSync(page) ? createReadStream(page) : NOT_BUILT);
  });
}

/** Whether somebody looks: browsers name HTML when an address is opened, programs and pictures do not. */
function wantsPage({ headers }: FastifyRequest): boolean {
  return /\btext\/html\b/.test(headers.accept ?? '');
}

function sendPage(reply: FastifyReply, root: string, policy: string): FastifyReply {
  void reply.header('content-security-policy', policy).header('cache-control', 'no-cache');
  if (isFile(root, '/index.html')) return reply.sendFile('index.html');
  return reply.status(503).type('text/html; charset=utf-8').send(NOT_BUILT);
}

function decodedPath(url: string): string | undefined {
  try {
    return decodeURIComponent(url.split('?', 1)[0] ?? '/');
  } catch {
    return undefined;
  }
}

/** A file inside the folder; dot files and whatever climbs out of it are none. */
function isFile(root: string, path: string): boolean {
  const file = normalize(join(root, path));
  if (!file.startsWith(`${root}/`) || /\/\./.test(path) || path.includes('\0')) return false;
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
