/** The peer of the preview proxy: the least that node:http needs to pass requests on, with kept connections both ways. */
import { Agent, createServer, request } from 'node:http';

const [host, port] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 });

const server = createServer((incoming, outgoing) => {
  const upstream = request({ host, port: Number(port), method: incoming.method, path: incoming.url, headers: incoming.rawHeaders, agent, setHost: false }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(outgoing);
  });
  upstream.on('error', () => outgoing.destroy());
  incoming.pipe(upstream);
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${/** @type {import('node:net').AddressInfo} */ (server.address()).port}\n`));
