import { connect } from 'node:net';
import { once } from 'node:events';

const headEnd = Buffer.from('\r\n\r\n');
/** What an answer of unknown length ends with (RFC 9112, 7.1), where it has no trailers. */
const lastChunk = Buffer.from('0\r\n\r\n');

/**
 * One client with one connection that is kept, over a plain socket: on a machine of two cores, what the client costs is
 * on the account of what is measured. It reads a status and a length, and counts bytes.
 */
export class PlainClient {
  /** @type {Buffer[]} */
  chunks = [];
  received = 0;
  /** Bytes of the answer under way; 0 before its head has come. */
  wanted = 0;
  /** @type {{ done: (status: number) => void, failed: (error: Error) => void } | undefined} */
  waiting;

  /** @param {import('node:net').Socket} socket @param {string} host @param {string} [headers] further lines of each request, each with its line end */
  constructor(socket, host, headers = '') {
    this.headers = headers;
    this.socket = socket;
    this.host = host;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.take(chunk));
    socket.on('error', (error) => this.waiting?.failed(error));
    socket.on('close', () => this.waiting?.failed(new Error('the gateway closed the connection')));
  }

  /** @param {number} port @param {{ host?: string, headers?: string, address?: string }} [as] `address`: where to dial; `host`: what to say */
  static async to(port, { address = '127.0.0.1', host = `${address}:${port}`, headers } = {}) {
    const socket = connect(port, address);
    await once(socket, 'connect');
    return new PlainClient(socket, host, headers);
  }

  /** @param {string} path @returns {Promise<number>} the status, once the whole answer is here */
  get(path) {
    return new Promise((done, failed) => {
      this.waiting = { done, failed };
      this.socket.write(`GET ${path} HTTP/1.1\r\nHost: ${this.host}\r\nAccept: application/json\r\n${this.headers}\r\n`);
    });
  }

  /** @param {Buffer} chunk */
  take(chunk) {
    this.chunks.push(chunk);
    this.received += chunk.length;
    if (this.wanted === 0) {
      const all = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks);
      const end = all.indexOf(headEnd);
      if (end === -1) return;
      const head = all.toString('latin1', 0, end);
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      if (!length && /\r\ntransfer-encoding: *chunked/i.test(head)) {
        if (chunk.subarray(-lastChunk.length).equals(lastChunk)) this.end(Number(head.slice(9, 12)));
        else this.chunks = [all];
        return;
      }
      if (!length) return this.waiting?.failed(new Error(`an answer without a length:\n${head}`));
      this.status = Number(head.slice(9, 12));
      this.wanted = end + headEnd.length + Number(length);
      this.chunks = [];
    }
    if (this.received < this.wanted) {
      this.chunks.length = 0;
      return;
    }
    this.end(this.status ?? 0);
  }

  /** @param {number} status */
  end(status) {
    const { waiting } = this;
    this.chunks = [];
    this.received = 0;
    this.wanted = 0;
    this.waiting = undefined;
    waiting?.done(status);
  }

  close() {
    this.waiting = undefined;
    this.socket.destroy();
  }
}

/**
 * Clients that each ask one query after the other, the next as soon as the answer is here; each begins elsewhere in the
 * list, so that they do not all ask the same.
 * @param {number} port
 * @param {string[]} paths
 * @param {{ clients: number, requests: number, as?: Parameters<typeof PlainClient.to>[1] }} load `requests`: of all clients together
 * @returns {Promise<{ times: number[], perSecond: number }>} milliseconds of each
 */
export async function closedLoop(port, paths, { clients, requests, as }) {
  const each = Math.ceil(requests / clients);
  const all = await Promise.all(Array.from({ length: clients }, () => PlainClient.to(port, as)));
  /** @type {number[]} */
  const times = [];
  const began = performance.now();
  try {
    await Promise.all(
      all.map(async (client, number) => {
        const first = Math.floor((number * paths.length) / clients);
        for (let at = 0; at < each; at++) {
          const path = paths[(first + at) % paths.length] ?? '/';
          const start = performance.now();
          const status = await client.get(path);
          times.push(performance.now() - start);
          if (status !== 200) throw new Error(`GET ${path}: ${status}`);
        }
      }),
    );
    return { times, perSecond: times.length / ((performance.now() - began) / 1000) };
  } finally {
    for (const client of all) client.close();
  }
}
