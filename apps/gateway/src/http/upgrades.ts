import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** True where a WebSocket is asked for (RFC 6455, 4.2.1): the one protocol besides HTTP that is spoken here. */
export function wantsWebSocket({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return (headers.upgrade ?? '').split(',').some((protocol) => protocol.trim().toLowerCase() === 'websocket');
}

/**
 * Serves a request as if it had not offered another protocol: a server may ignore the offer (RFC 9110, 7.8), and `h2c` is
 * offered by clients that would like HTTP/2 and do without. By then node:http has given up the connection and the request's
 * body with it, so the request goes back into the socket without the offer and the server reads both from the beginning.
 */
export function serveWithoutUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.unshift(Buffer.concat([Buffer.from(headWithoutUpgrade(request), 'latin1'), head]));
  server.emit('connection', socket);
  socket.resume();
}

/** The request's head as it came, but for what belongs to the offer. */
export function headWithoutUpgrade({ method, url, httpVersion, rawHeaders }: Pick<IncomingMessage, 'method' | 'url' | 'httpVersion' | 'rawHeaders'>): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = [rawHeaders[index], rawHeaders[index + 1]];
    const lower = name.toLowerCase();
    if (lower === 'upgrade' || lower === 'http2-settings') continue;
    const kept = lower === 'connection' ? withoutOffer(value) : value;
    if (kept !== '' || lower !== 'connection') lines.push(`${name}: ${kept}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function withoutOffer(connection: string): string {
  const options = connection.split(',').map((option) => option.trim());
  return options.filter((option) => option !== '' && !['upgrade', 'http2-settings'].includes(option.toLowerCase())).join(', ');
}
