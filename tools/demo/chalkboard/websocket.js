import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const OP = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };
const MAX_MESSAGE_BYTES = 64 * 1024;
/** A client that reads slower than this much behind is let go rather than buffered for. */
const MAX_BACKLOG_BYTES = 1024 * 1024;

/** The server's end of one WebSocket (RFC 6455, text messages). Emits `message` (string) and `close`, each once per event. */
export class WebSocketConnection extends EventEmitter {
  #buffer = Buffer.alloc(0);
  #fragments = [];
  #closed = false;

  constructor(socket, head) {
    super();
    this.socket = socket;
    this.alive = true;
    socket.setNoDelay(true);
    socket.setTimeout(0);
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#end());
    if (head.length > 0) this.#read(head);
  }

  send(text) {
    if (this.#closed) return;
    if (this.socket.writableLength > MAX_BACKLOG_BYTES) return this.close(1013);
    this.#write(OP.text, Buffer.from(text));
  }

  ping() {
    if (!this.alive) return this.socket.destroy();
    this.alive = false;
    this.#write(OP.ping, Buffer.alloc(0));
  }

  close(code = 1000) {
    if (this.#closed) return;
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    this.#write(OP.close, payload);
    this.socket.end();
    this.#end();
  }

  #end() {
    if (this.#closed) return;
    this.#closed = true;
    this.emit('close');
  }

  /** Server frames are never masked (section 5.1). */
  #write(opcode, payload) {
    if (this.#closed || !this.socket.writable) return;
    const length = payload.length;
    let header;
    if (length < 126) header = Buffer.from([0x80 | opcode, length]);
    else if (length < 65536) {
      header = Buffer.from([0x80 | opcode, 126, 0, 0]);
      header.writeUInt16BE(length, 2);
    } else {
      header = Buffer.alloc(10);
      header.writeUInt8(0x80 | opcode, 0);
      header.writeUInt8(127, 1);
      header.writeBigUInt64BE(BigInt(length), 2);
    }
    this.socket.cork();
    this.socket.write(header);
    this.socket.write(payload);
    this.socket.uncork();
  }

  #read(chunk) {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    while (!this.#closed) {
      const frame = this.#frame();
      if (!frame) return;
      this.#handle(frame);
    }
  }

  /** Takes one whole frame off the buffer (section 5.2), or nothing where more bytes are needed. */
  #frame() {
    const buffer = this.#buffer;
    if (buffer.length < 2) return null;
    const fin = (buffer[0] & 0x80) !== 0;
    const opcode = buffer[0] & 0x0f;
    if ((buffer[0] & 0x70) !== 0 || (buffer[1] & 0x80) === 0) return this.close(1002); // reserved bits, or an unmasked client
    let length = buffer[1] & 0x7f;
    let offset = 2;
    if (length === 126) {
      if (buffer.length < 4) return null;
      length = buffer.readUInt16BE(2);
      offset = 4;
    } else if (length === 127) return this.close(1009);
    if (length > MAX_MESSAGE_BYTES) return this.close(1009);
    if (buffer.length < offset + 4 + length) return null;
    const mask = buffer.subarray(offset, offset + 4);
    const payload = Buffer.from(buffer.subarray(offset + 4, offset + 4 + length));
    for (let i = 0; i < length; i++) payload[i] ^= mask[i & 3];
    this.#buffer = buffer.subarray(offset + 4 + length);
    return { fin, opcode, payload };
  }

  #handle({ fin, opcode, payload }) {
    this.alive = true;
    switch (opcode) {
      case OP.ping:
        return this.#write(OP.pong, payload);
      case OP.pong:
        return;
      case OP.close:
        return this.close(1000);
      case OP.text:
      case OP.continuation: {
        this.#fragments.push(payload);
        if (this.#fragments.reduce((sum, part) => sum + part.length, 0) > MAX_MESSAGE_BYTES) return this.close(1009);
        if (!fin) return;
        const text = Buffer.concat(this.#fragments).toString('utf8');
        this.#fragments = [];
        return void this.emit('message', text);
      }
      default:
        return this.close(1003);
    }
  }
}

/** Answers the opening handshake (section 4.2.2). @returns null where the request is not a WebSocket's */
export function accept(request, socket, head) {
  const key = request.headers['sec-websocket-key'];
  if (request.headers.upgrade?.toLowerCase() !== 'websocket' || !key || request.headers['sec-websocket-version'] !== '13') {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    return null;
  }
  const proof = createHash('sha1').update(key + GUID).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${proof}\r\n\r\n`);
  return new WebSocketConnection(socket, head);
}
