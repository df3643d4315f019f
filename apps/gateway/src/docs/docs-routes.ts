import { ERROR_CODES } from '@osiris/contracts';
import type { FastifyInstance } from 'fastify';
import { createReadStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { DOCS_POLICY } from '../security/security-headers';
import { openApiDocument } from './openapi';

const SWAGGER_FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};
const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Osiris AppHub API</title><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="ui"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>
`;
/** Swagger UI has a dark form, but leaves it to the page around it to say when. */
const START = `const dark = matchMedia('(prefers-color-scheme: dark)');
const dress = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dress();
dark.addEventListener('change', dress);
SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui', deepLinking: true, validatorUrl: null });
`;

/** `/openapi.json`, Swagger UI at `/docs` from this machine's own files, and the error codes at `/docs/errors`. */
export function serveDocs(fastify: FastifyInstance): void {
  // Written out once, when first asked for: most processes never are.
  let document: string | undefined;
  fastify.get('/openapi.json', (_request, reply) => {
    document ??= JSON.stringify(openApiDocument());
    return reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(document);
  });
  const page = (path: string, type: string, body: () => string) =>
    fastify.get(path, (_request, reply) => reply.type(type).header('content-security-policy', DOCS_POLICY).send(body()));
  page('/docs', 'text/html; charset=utf-8', () => PAGE);
  page('/docs/start.js', 'text/javascript; charset=utf-8', () => START);
  page('/docs/errors', 'text/html; charset=utf-8', errorsPage);

  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  for (const [file, type] of Object.entries(SWAGGER_FILES)) {
    fastify.get(`/docs/${file}`, (_request, reply) =>
      reply.type(type).header('cache-control', 'max-age=86400').send(createReadStream(join(folder, file))),
    );
  }
}

/** Where the `type` of every problem leads. */
function errorsPage(): string {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { status, retryable, title }]) =>
      `<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${title}</td><td>${retryable ? 'yes' : 'no'}</td></tr>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Error codes</title><meta name="viewport" content="width=device-width">
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}th,td{text-align:left;padding:.25rem .75rem .25rem 0}tr:target{outline:2px solid}</style></head>
<body><h1>Error codes</h1><table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th><th>Can trying again help?</th></tr></thead><tbody>${rows.join('')}</tbody></table></body></html>
`;
}
