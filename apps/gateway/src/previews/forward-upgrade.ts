import { type IncomingMessage, request as httpRequest, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Forwarding } from './forward-http';
import type { RawHeaders } from './forwarded-headers';

/** Passes a WebSocket (or any other protocol asked for by Upgrade) through: after the handshake bytes only. */
export function forwardUpgrade(request: IncomingMessage, client: Duplex, head: Buffer, forwarding: Forwarding): void {
  const { host, port, path, headers } = forwarding;
  const upstream = httpRequest({
    host,
    port,
    path,
    method: request.method,
    headers: [...headers, 'Connection', 'Upgrade', 'Upgrade', request.headers.upgrade ?? 'websocket'],
    agent: false,
    setHost: false,
  });
  let answered = false;
  client.on('error', () => client.destroy());
  client.once('close', () => {
    forwarding.onClose?.();
    upstream.destroy();
  });

  upstream.once('upgrade', (answer, server: Socket, serverHead: Buffer) => {
    answered = true;
    const upgrade = ['Connection', 'Upgrade', 'Upgrade', answer.headers.upgrade ?? 'websocket'];
    client.write(headOf(answer, [...forwarding.answerHeaders(answer), ...upgrade]));
    quicken(client as Socket);
    quicken(server);
    if (serverHead.length > 0) client.write(serverHead);
    if (head.length > 0) server.write(head);
    join(client, server);
  });
  upstream.once('response', (answer) => {
    answered = true;
    client.write(headOf(answer, [...forwarding.answerHeaders(answer), 'Connection', 'close']));
    answer.pipe(client);
    answer.once('error', () => client.destroy());
  });
  upstream.on('error', (error: NodeJS.ErrnoException) => {
    if (answered || client.destroyed) client.destroy();
    else forwarding.onUnreachable(error);
  });
  upstream.end();
}

function join(one: Duplex, other: Duplex): void {
  one.pipe(other);
  other.pipe(one);
  for (const [from, to] of [[one, other], [other, one]] as const) {
    from.on('error', () => from.destroy());
    from.once('close', () => to.destroy());
  }
}

function quicken(socket: Socket): void {
  socket.setTimeout(0);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 30_000);
}

function headOf(answer: IncomingMessage, headers: RawHeaders): string {
  const status = answer.statusCode ?? 502;
  const lines = [`HTTP/1.1 ${status} ${answer.statusMessage || (STATUS_CODES[status] ?? '')}`];
  for (let index = 0; index + 1 < headers.length; index += 2) lines.push(`${headers[index]}: ${headers[index + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
