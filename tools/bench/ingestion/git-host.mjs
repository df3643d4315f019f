import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { gitEnv } from './git-env.mjs';

/** Git's own CGI (`git http-backend`, smart HTTP) behind a server that counts what it sends. */
export class GitHost {
  #sockets = new Set();
  #closedBytes = 0;
  #server = createServer((request, response) => this.#answer(request, response));

  /** @param {string} root folder of repositories */
  constructor(root) {
    this.root = root;
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        this.#closedBytes += socket.bytesWritten;
      });
    });
  }

  /** Everything sent so far, headers too. */
  get bytesSent() {
    return [...this.#sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, this.#closedBytes);
  }

  /** @returns {Promise<string>} its URL */
  async start() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', () => resolve(undefined)));
    return `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (this.#server.address()).port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  #answer(request, response) {
    const [pathInfo = '', query = ''] = (request.url ?? '').split('?');
    const { 'content-type': type = '', 'content-encoding': encoding = '', 'git-protocol': protocol = '' } = request.headers;
    const cgi = spawn('git', ['http-backend'], {
      env: {
        ...gitEnv, GIT_PROJECT_ROOT: this.root, GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: pathInfo, QUERY_STRING: query,
        REQUEST_METHOD: request.method, CONTENT_TYPE: type, HTTP_CONTENT_ENCODING: encoding, GIT_PROTOCOL: String(protocol),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    cgi.stdin.on('error', () => undefined);
    request.pipe(cgi.stdin);
    response.on('close', () => cgi.kill());
    this.#forward(cgi.stdout, response);
  }

  /** @param {import('node:stream').Readable} from @param {import('node:http').ServerResponse} to */
  #forward(from, to) {
    let head = Buffer.alloc(0);
    const onHead = (/** @type {Buffer} */ chunk) => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      from.off('data', onHead);
      from.pause();
      const fields = head.subarray(0, end).toString().split('\r\n').map((line) => /** @type {[string, string]} */ (line.split(': ')));
      to.writeHead(Number(fields.find(([name]) => name === 'Status')?.[1].slice(0, 3) ?? 200), Object.fromEntries(fields.filter(([name]) => name !== 'Status')));
      to.write(head.subarray(end + 4));
      from.pipe(to);
    };
    from.on('data', onHead);
    from.on('end', () => void (to.headersSent || to.writeHead(500).end()));
  }
}
