import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { Sampler } from './sampler.js';
import { sweat } from './work.js';

const port = Number(process.env.PORT ?? 8080);
const TYPES = { html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' };
const files = new Map(
  await Promise.all(
    ['index.html', 'style.css', 'app.js', 'icon.svg'].map(async (name) => [`/${name}`, { body: await readFile(new URL(`public/${name}`, import.meta.url)), type: TYPES[name.split('.').at(-1)] }]),
  ),
);
files.set('/', files.get('/index.html'));
const sampler = new Sampler();
sampler.setMaxListeners(0);
let sweating = 0;

function stream(request, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  const seen = Number(request.headers['last-event-id'] ?? 0);
  const write = (sample) => {
    // A reader that has fallen far behind is let go; its browser reconnects and resumes.
    if (response.writableLength > 256 * 1024) return response.destroy();
    response.write(`id: ${sample.id}\ndata: ${JSON.stringify(sample)}\n\n`);
  };
  response.write('retry: 1000\n\n');
  for (const sample of sampler.history) if (sample.id > seen) write(sample);
  sampler.on('sample', write);
  response.on('close', () => sampler.off('sample', write));
}

async function work(request, response) {
  request.resume();
  if (sweating >= 2) return response.writeHead(429, { 'retry-after': '4' }).end();
  sweating++;
  try {
    const digest = await sweat(4_000);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ digest }));
  } finally {
    sweating--;
  }
}

const server = createServer((request, response) => {
  sampler.requests++;
  const { pathname } = new URL(request.url, 'http://pulse');
  response.setHeader('content-security-policy', "default-src 'self'; base-uri 'none'; form-action 'none'");
  response.setHeader('x-content-type-options', 'nosniff');
  if (pathname === '/stream') return stream(request, response);
  if (pathname === '/sweat' && request.method === 'POST') return void work(request, response);
  if (pathname === '/ping') return response.writeHead(204).end();
  const file = files.get(pathname);
  if (!file) return response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
  response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-cache' }).end(request.method === 'HEAD' ? undefined : file.body);
});
sampler.start();
server.listen(port, '0.0.0.0', () => console.log(`Pulse on port ${port}`));

for (const signal of ['SIGTERM', 'SIGINT'])
  process.once(signal, () => {
    console.log(`${signal}: stopping after ${sampler.requests} requests`);
    sampler.stop();
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
