import { Readable } from 'node:stream';
import { type Pack, pack } from 'tar-stream';
import type { ContextEntry, ContextFiles } from './context-files';

/** A context as the classic builder takes it: one tar stream of everything. Fails with what reading a file fails with. */
export function contextTar(files: ContextFiles): Readable {
  const tar = pack();
  const add = async (): Promise<void> => {
    for (const entry of files.entries) {
      await addEntry(tar, files, entry);
      if (tar.destroyed) return;
    }
    tar.finalize();
  };
  add().catch((error: Error) => tar.destroy(error));
  // tar-stream's own streams are not node's: the engine's client wants one that is.
  return Readable.from(tar as unknown as AsyncIterable<Buffer>, { objectMode: false });
}

async function addEntry(tar: Pack, files: ContextFiles, one: ContextEntry): Promise<void> {
  const { path: name, kind, permissions: mode, size, modifiedNs, linkTarget } = one;
  const header = { name, mode, mtime: new Date(Number(modifiedNs / 1_000_000n)) };
  if (kind === 'folder') return written(tar, { ...header, type: 'directory' });
  if (kind === 'symlink') return written(tar, { ...header, type: 'symlink', linkname: linkTarget ?? '' });
  const entry = tar.entry({ ...header, type: 'file', size });
  for await (const chunk of files.read(one) as AsyncIterable<Buffer>) {
    if (tar.destroyed) return;
    if (!entry.write(chunk)) await drained(entry, tar);
  }
  entry.end(null);
}

/** Until the entry takes more, or the whole tar is given up. */
function drained(entry: ReturnType<Pack['entry']>, tar: Pack): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      entry.off('drain', done);
      tar.off('close', done);
      resolve();
    };
    entry.on('drain', done);
    tar.on('close', done);
  });
}

function written(tar: Pack, header: Parameters<Pack['entry']>[0]): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry(header, (error?: Error | null) => (error ? reject(error) : resolve()));
  });
}
