import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fill, readCard } from './card.js';

const port = Number(process.env.PORT ?? 8080);
const card = readCard(process.env);
const read = (name) => readFile(new URL(`public/${name}`, import.meta.url), 'utf8');
const page = fill(await read('index.html'), {
  ...card,
  salutation: card.recipient ? `Dear ${card.recipient},` : '',
  signature: card.sender ? `Yours, ${card.sender}` : '',
});
const answers = new Map([
  ['/', ['text/html; charset=utf-8', page]],
  // The colour is the card's own: a style sheet made once, so that the page needs no inline style.
  ['/card.css', ['text/css; charset=utf-8', `:root { --card: ${card.color}; }\n`]],
  ['/card.json', ['application/json', JSON.stringify(card)]],
  ['/style.css', ['text/css; charset=utf-8', await read('style.css')]],
  ['/app.js', ['text/javascript; charset=utf-8', await read('app.js')]],
]);

const server = createServer((request, response) => {
  const found = answers.get(new URL(request.url, 'http://card').pathname);
  response.setHeader('content-security-policy', "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'");
  response.setHeader('x-content-type-options', 'nosniff');
  if (!found) return response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
  response.writeHead(200, { 'content-type': found[0], 'cache-control': 'no-cache' }).end(request.method === 'HEAD' ? undefined : found[1]);
});
server.listen(port, '0.0.0.0', () => console.log(`A card saying "${card.greeting}" on port ${port}`));

for (const signal of ['SIGTERM', 'SIGINT'])
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
