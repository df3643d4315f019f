import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { Board } from './board.js';
import { accept } from './websocket.js';

const port = Number(process.env.PORT ?? 8080);
const TYPES = { html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' };
const files = new Map(
  await Promise.all(
    ['index.html', 'style.css', 'app.js', 'icon.svg'].map(async (name) => [`/${name}`, { body: await readFile(new URL(`public/${name}`, import.meta.url)), type: TYPES[name.split('.').at(-1)] }]),
  ),
);
files.set('/', files.get('/index.html'));
const board = new Board();

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://board');
  const file = files.get(pathname);
  if (!file) return response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
  response.writeHead(200, {
    'content-type': file.type,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'self'; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'",
  });
  response.end(request.method === 'HEAD' ? undefined : file.body);
});
server.on('upgrade', (request, socket, head) => {
  const connection = accept(request, socket, head);
  if (connection) board.join(connection);
});
const heartbeat = setInterval(() => board.pingAll(), 20_000);
server.listen(port, '0.0.0.0', () => console.log(`Chalkboard on port ${port}`));

for (const signal of ['SIGTERM', 'SIGINT'])
  process.once(signal, () => {
    console.log(`${signal}: ${board.people} people sent home`);
    clearInterval(heartbeat);
    board.closeAll();
    server.close(() => process.exit(0));
    server.closeAllConnections();
    setTimeout(() => process.exit(0), 1_000).unref(); // whoever did not answer the close by then
  });
