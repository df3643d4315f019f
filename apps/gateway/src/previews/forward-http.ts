import { Agent, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import type { RawHeaders } from './forwarded-headers';

export interface Forwarding {
  host: string;
  port: number;
  /** Request target, byte for byte. */
  path: string;
  headers: RawHeaders;
  /** What the client gets to see of the answer's headers. */
  answerHeaders: (answer: IncomingMessage) => RawHeaders;
  /** Nothing has been answered yet: answer something. */
  onUnreachable: (error: NodeJS.ErrnoException) => void;
  /** The answer is out, or nobody waits for it any more. */
  onClose?: () => void;
}

const CONNECT_TIMEOUT_MS = 10_000;

/** Idle connections are closed before the five seconds after which a Node app closes them itself. */
const keptAlive = new Agent({ keepAlive: true, maxFreeSockets: 64, timeout: 4_000, scheduling: 'lifo' });
const single = new Agent({ keepAlive: false });

/**
 * Passes a request on and its answer back, both as they come: nothing is gathered, whoever is slow slows the other, and
 * a client that goes away ends the work upstream.
 */
export function forwardHttp(request: IncomingMessage, response: ServerResponse, forwarding: Forwarding): void {
  const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
  const repeatable = !hasBody && (request.method === 'GET' || request.method === 'HEAD');
  let current: ReturnType<typeof httpRequest> | undefined;
  let gone = false;

  const begin = (attempt: number): void => {
    const { host, port, path, headers } = forwarding;
    // A body cannot be sent twice, so it never risks a kept connection that the app is just closing.
    const agent = repeatable && attempt === 1 ? keptAlive : single;
    const upstream = httpRequest({ host, port, path, method: request.method, headers, agent, setHost: false });
    current = upstream;
    let answered = false;
    upstream.once('socket', (socket) => {
      if (!socket.connecting) return;
      const timer = setTimeout(() => upstream.destroy(timedOut()), CONNECT_TIMEOUT_MS);
      socket.once('connect', () => clearTimeout(timer));
      upstream.once('close', () => clearTimeout(timer));
    });
    upstream.once('response', (answer) => {
      answered = true;
      passBack(answer, response, forwarding.answerHeaders(answer));
    });
    upstream.on('error', (error: NodeJS.ErrnoException) => {
      if (gone || answered) return;
      if (repeatable && attempt === 1 && upstream.reusedSocket && error.code === 'ECONNRESET') begin(2);
      else if (response.headersSent) response.destroy();
      else forwarding.onUnreachable(error);
    });
    if (hasBody) request.pipe(upstream);
    else upstream.end();
  };

  response.once('close', () => {
    forwarding.onClose?.();
    if (response.writableFinished) return;
    gone = true;
    current?.destroy();
  });
  begin(1);
}

/** By hand: `pipeline` makes an AbortController and `pipe` seven listeners for each request, which is a third of what passing one on costs. */
function passBack(answer: IncomingMessage, response: ServerResponse, headers: RawHeaders): void {
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
  let begun = false;
  answer.on('data', (part: Buffer) => {
    begun = true;
    if (response.write(part)) return;
    answer.pause();
    response.once('drain', () => answer.resume());
  });
  answer.once('end', () => response.end());
  // It broke off: the client is to see that, too.
  answer.once('close', () => answer.complete || response.destroy());
  answer.on('error', () => response.destroy());
  // An event stream's headers arrive before its first event. What has a body at hand is sent together with it, in one piece.
  setImmediate(() => {
    if (!begun && !response.writableEnded) response.flushHeaders();
  });
}

function timedOut(): NodeJS.ErrnoException {
  return Object.assign(new Error('No connection in time'), { code: 'ETIMEDOUT' });
}
