import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { readJson, sendJson } from './http.js';
import { Refused, Store } from './store.js';

const port = Number(process.env.PORT ?? 8080);
const TYPES = { html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' };
const files = new Map(
  await Promise.all(
    ['index.html', 'style.css', 'app.js', 'icon.svg'].map(async (name) => [`/${name}`, { body: await readFile(new URL(`public/${name}`, import.meta.url)), type: TYPES[name.split('.').at(-1)] }]),
  ),
);
files.set('/', files.get('/index.html'));

const store = new Store();
store.setMaxListeners(0);
for (const [column, title] of [
  ['todo', 'Drag me somewhere'],
  ['todo', 'Click a title to change it'],
  ['todo', 'Open the board in a second tab'],
  ['doing', 'Move a card with the arrow keys'],
  ['done', 'Start the container'],
])
  store.create({ column, title });

function stream(response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  // The whole board each time: it is small, and whoever reconnects needs no history.
  const write = () => response.write(`data: ${JSON.stringify(store.list())}\n\n`);
  write();
  store.on('change', write);
  const beat = setInterval(() => response.write(': still here\n\n'), 20_000);
  response.on('close', () => {
    store.off('change', write);
    clearInterval(beat);
  });
}

async function api(request, response, path) {
  const [, id] = /^\/api\/cards\/(\d+)$/.exec(path) ?? [];
  const method = request.method;
  if (path === '/api/cards' && method === 'GET') return sendJson(response, 200, store.list());
  if (path === '/api/cards' && method === 'POST') return sendJson(response, 201, store.create(await readJson(request)));
  if (id && method === 'PATCH') return sendJson(response, 200, store.update(id, await readJson(request)));
  if (id && method === 'DELETE') {
    store.remove(id);
    return sendJson(response, 204);
  }
  throw new Refused(404, 'GET, POST /api/cards; PATCH, DELETE /api/cards/:id');
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://kanban');
  response.setHeader('content-security-policy', "default-src 'self'; base-uri 'none'; form-action 'none'");
  response.setHeader('x-content-type-options', 'nosniff');
  if (pathname === '/api/stream') return stream(response);
  if (pathname.startsWith('/api/'))
    return void api(request, response, pathname).catch((error) => {
      if (!(error instanceof Refused)) console.error(error);
      sendJson(response, error instanceof Refused ? error.status : 500, { error: error instanceof Refused ? error.message : 'Something unexpected happened' });
    });
  const file = files.get(pathname);
  if (!file) return response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
  response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-cache' }).end(request.method === 'HEAD' ? undefined : file.body);
});
server.listen(port, '0.0.0.0', () => console.log(`Kanban on port ${port}`));

for (const signal of ['SIGTERM', 'SIGINT'])
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
