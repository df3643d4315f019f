import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { gitEnv } from './repositories';

/** Git's own CGI behind a server, as hosts have it. */
export class SmartHttp {
  /** Object ids that were asked for, for each fetch. */
  readonly wants: string[][] = [];
  /** Of answers' bodies. */
  bytesSent = 0;
  private server: Server | undefined;

  /** `protocol`: 0 for a host that does not know protocol 2. */
  constructor(
    private readonly root: string,
    private readonly protocol: 0 | 2 = 2,
  ) {}

  async start(): Promise<string> {
    const server = createServer((request, response) => this.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.server = server;
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => (this.server ? this.server.close(resolve) : resolve(undefined)));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const [pathInfo = '', query = ''] = (request.url ?? '').split('?');
    const cgi = spawn('git', ['http-backend'], {
      env: {
        ...gitEnv, GIT_PROJECT_ROOT: this.root, GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: pathInfo, QUERY_STRING: query, REQUEST_METHOD: request.method ?? '',
        CONTENT_TYPE: request.headers['content-type'] ?? '', HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        ...(this.protocol === 2 ? { GIT_PROTOCOL: String(request.headers['git-protocol'] ?? '') } : {}),
      },
    });
    const asked: Buffer[] = [];
    request.on('data', (chunk: Buffer) => asked.push(chunk)).on('end', () => this.listen(Buffer.concat(asked), request.headers['content-encoding'])).pipe(cgi.stdin);
    cgi.stdin.on('error', () => undefined);
    const chunks: Buffer[] = [];
    cgi.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    cgi.on('close', () => {
      const whole = Buffer.concat(chunks);
      const end = whole.indexOf('\r\n\r\n');
      const head = whole.subarray(0, end).toString().split('\r\n').map((line) => line.split(': ') as [string, string]);
      const status = Number(head.find(([name]) => name === 'Status')?.[1].slice(0, 3) ?? 200);
      this.bytesSent += whole.length - end - 4;
      response.writeHead(status, Object.fromEntries(head.filter(([name]) => name !== 'Status'))).end(whole.subarray(end + 4));
    });
  }

  private listen(body: Buffer, encoding: string | undefined): void {
    const text = (encoding === 'gzip' ? gunzipSync(body) : body).toString('latin1');
    const wants = [...text.matchAll(/want ([0-9a-f]{40,64})/g)].map(([, oid]) => oid as string);
    if (wants.length > 0) this.wants.push(wants);
  }
}
