import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a browser and the hub, TCP and nothing more, so that the connection can really be lost. */
export class BreakableProxy {
  readonly #open = new Set<Socket>();
  #broken = false;

  private constructor(
    private readonly server: Server,
    hubPort: number,
  ) {
    server.on('connection', (client) => {
      if (this.#broken) return client.destroy();
      const upstream = connect(hubPort, '127.0.0.1');
      for (const [socket, other] of [[client, upstream], [upstream, client]] as const) {
        this.#open.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          this.#open.delete(socket);
          other.destroy();
        });
      }
      client.pipe(upstream).pipe(client);
    });
  }

  static async start(hubPort: number): Promise<BreakableProxy> {
    const server = createServer();
    const proxy = new BreakableProxy(server, hubPort);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  /** The hub, as it is reached through here. */
  get home(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** Cuts every connection and takes no new one. */
  break(): void {
    this.#broken = true;
    for (const socket of this.#open) socket.destroy();
  }

  mend(): void {
    this.#broken = false;
  }

  async stop(): Promise<void> {
    this.break();
    this.server.close();
    await once(this.server, 'close');
  }
}
