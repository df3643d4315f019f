import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ENGINE = (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, '');

const FAILURE = 'HTTP/1.1 500 Internal Server Error\r\ncontent-type: application/json\r\ncontent-length: 18\r\n\r\n{"message":"disk"}';

/** A socket that leads to the real engine, and can be taken away as an engine that stops would, or fail in single requests. */
export class EngineProxy {
  readonly path = join(mkdtempSync(join(tmpdir(), 'osiris-engine-')), 'docker.sock');
  /** Requests whose first line fits are answered with 500. */
  failing: RegExp | undefined;
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;

  async open(): Promise<void> {
    this.server = createServer((client) => {
      const engine = connect(ENGINE);
      for (const [socket, other] of [[client, engine], [engine, client]] as const) {
        this.sockets.add(socket);
        socket.on('error', () => other.destroy());
        socket.on('close', () => this.sockets.delete(socket));
      }
      engine.pipe(client);
      client.on('data', (request: Buffer) => {
        if (this.failing?.test(request.toString('latin1').split('\r\n', 1)[0] ?? '')) client.write(FAILURE);
        else engine.write(request);
      });
    }).listen(this.path);
    await once(this.server, 'listening');
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}
