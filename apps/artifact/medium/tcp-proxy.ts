import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '@osiris/testing';

/** Stands between a service and its store, to take the store away and to bring it back. */
export class TcpProxy {
  private server: Server | undefined;
  private hanging = false;
  private readonly sockets = new Set<Socket>();

  private constructor(
    readonly port: number,
    private readonly target: number,
  ) {}

  static async before(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(await freePort(), target);
    await proxy.restore();
    return proxy;
  }

  /** The store answers again. */
  async restore(): Promise<void> {
    this.hanging = false;
    if (!this.server) await this.listen();
  }

  /** As where nothing listens: connections are refused, and those that stand are cut. */
  async refuse(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    this.cut();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  }

  /** As where packets get lost: connections are taken, and nothing ever comes back. */
  async hang(): Promise<void> {
    if (!this.server) await this.listen();
    this.hanging = true;
    this.cut();
  }

  private cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private async listen(): Promise<void> {
    const server = createServer((client) => {
      this.keep(client);
      if (this.hanging) return void client.resume();
      const store = connect(this.target, '127.0.0.1');
      this.keep(store);
      client.pipe(store).pipe(client);
      client.once('close', () => store.destroy());
      store.once('close', () => client.destroy());
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => this.sockets.delete(socket));
  }
}
