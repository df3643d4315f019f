import type { Metadata, ServerDuplexStream } from '@grpc/grpc-js';
import { type ContextEntry, type ContextFiles, parentsOf } from './context-files';
import { int64, type Packet, PacketType, type Stat } from './session-schema';

/** Bits of Go's `fs.FileMode` that say what a file is. https://pkg.go.dev/io/fs#FileMode */
const GO_FOLDER = 0x8000_0000;
const GO_SYMLINK = 0x0800_0000;
/** Files read at once. */
const READERS = 4;
const IGNORE_FILE = /(^|\.)dockerignore$/;

type Stream = ServerDuplexStream<Packet, Packet>;

/**
 * The sending side of fsutil's protocol, by which BuildKit takes over a context: all entries are told, then those are sent
 * that the engine does not have yet. Resolves when the engine wants no more: it has all, or the build has ended otherwise
 * (then its own answer says why).
 * https://github.com/tonistiigi/fsutil (send.go, receive.go)
 * @throws what reading a file fails with, having told the engine
 */
export async function serveFiles(stream: Stream, files: ContextFiles): Promise<void> {
  const entries = wanted(files.entries, stream.metadata);
  const sender = new Sender(stream, files, entries);
  await sender.run();
}

/**
 * The Dockerfile and its `.dockerignore` are asked for by name, before the rest: as patterns, or as paths to follow. Of the
 * context itself all is told, whatever paths the Dockerfile follows: what was told once is not sent again. The files are
 * what `.dockerignore` left already: BuildKit is not to filter them again by rules that it may read otherwise.
 */
function wanted(entries: readonly ContextEntry[], metadata: Metadata): readonly ContextEntry[] {
  const asked = [...metadata.get('include-patterns'), ...metadata.get('followpaths')].flatMap((value) => value.toString().split(', ')).map(decoded);
  const alone = asked.length > 0 && (metadata.get('dir-name')[0] === 'dockerfile' || asked.every((name) => IGNORE_FILE.test(name)));
  if (!alone) return entries;
  const names = new Set(asked.filter((name) => !IGNORE_FILE.test(name)));
  const above = new Set([...names].flatMap(parentsOf));
  return entries.filter(({ path, kind }) => names.has(path) || (kind === 'folder' && above.has(path)));
}

/** Values of one key come joined (https://grpc.io/docs/guides/metadata/); newer engines escape what is not plain ASCII. */
function decoded(text: string): string {
  try {
    return /%[0-9A-Fa-f]{2}/.test(text) ? decodeURIComponent(text) : text;
  } catch {
    return text;
  }
}

class Sender {
  /** Numbers of the files asked for, in their order; those before `next` are served or being read. */
  private readonly asked: number[] = [];
  private next = 0;
  private reading = 0;
  private ended = false;
  private finish!: () => void;
  private fail!: (error: Error) => void;
  private readonly done = new Promise<void>((resolve, reject) => {
    this.finish = resolve;
    this.fail = reject;
  });

  constructor(
    private readonly stream: Stream,
    private readonly files: ContextFiles,
    private readonly entries: readonly ContextEntry[],
  ) {}

  async run(): Promise<void> {
    const { stream } = this;
    stream.on('data', (packet: Packet) => this.receive(packet));
    for (const over of ['cancelled', 'error', 'end']) stream.once(over, () => this.end());
    // Told while requests for the first ones come in.
    void this.tellAll();
    await this.done;
  }

  private async tellAll(): Promise<void> {
    for (const entry of this.entries) {
      if (this.ended) return;
      await this.send({ type: PacketType.Stat, stat: statOf(entry) });
    }
    await this.send({ type: PacketType.Stat });
  }

  private receive({ type = PacketType.Stat, ID = 0 }: Packet): void {
    if (type === PacketType.Request) {
      this.asked.push(ID);
      this.readMore();
    } else if (type === PacketType.End) {
      void this.send({ type: PacketType.End }).then(() => this.end());
    } else if (type === PacketType.Error) {
      this.end();
    }
  }

  private readMore(): void {
    while (this.reading < READERS && this.next < this.asked.length && !this.ended) {
      const id = this.asked[this.next++] ?? 0;
      this.reading++;
      this.sendFile(id)
        .then(() => {
          this.reading--;
          this.readMore();
        })
        .catch((error: Error) => {
          // Else the engine would wait for a file that does not come.
          void this.send({ type: PacketType.Error, data: Buffer.from(error.message) });
          this.end(error);
        });
    }
  }

  private async sendFile(id: number): Promise<void> {
    const entry = this.entries[id];
    if (entry?.kind !== 'file') throw new Error('The engine asks for a file that it was not told of');
    for await (const data of this.files.read(entry) as AsyncIterable<Buffer>) {
      if (this.ended) return;
      if (data.length > 0) await this.send({ type: PacketType.Data, ID: id, data });
    }
    await this.send({ type: PacketType.Data, ID: id });
  }

  private async send(packet: Packet): Promise<void> {
    if (this.ended || this.stream.write(packet)) return;
    return new Promise((resolve) => {
      const on = (): void => {
        this.stream.off('drain', on).off('close', on).off('cancelled', on);
        resolve();
      };
      this.stream.on('drain', on).on('close', on).on('cancelled', on);
    });
  }

  private end(error?: Error): void {
    if (this.ended) return;
    this.ended = true;
    if (error) this.fail(error);
    else this.finish();
  }
}

function statOf({ path, kind, permissions, size, modifiedNs, linkTarget }: ContextEntry): Stat {
  const bits = kind === 'folder' ? GO_FOLDER : kind === 'symlink' ? GO_SYMLINK : 0;
  return { path, mode: (bits | permissions) >>> 0, size, modTime: int64(modifiedNs), ...(linkTarget === undefined ? {} : { linkname: linkTarget }) };
}
