// A process of its own, so that the memory measured is the store's alone. Takes {kind, options, megabytes} as its
// argument, streams that much into a store and out again, and prints what it saw.
const { transformFileSync } = require('@swc/core');
const { createHash } = require('node:crypto');
const Module = require('node:module');
const { join } = require('node:path');
const { Readable } = require('node:stream');

const root = join(__dirname, '../../..');
Module._extensions['.ts'] = (module, filename) => module._compile(transformFileSync(filename, { configFile: join(root, '.swcrc') }).code, filename);
const resolve = Module._resolveFilename;
// The sources, as in Jest: what was compiled may be older.
Module._resolveFilename = (request, ...rest) => resolve(request.replace(/^@osiris\/([a-z-]+)$/, join(root, 'libs/$1/src/index.ts')), ...rest);

const MEGABYTE = 1024 * 1024;

async function main({ kind, options, megabytes }) {
  const { FolderObjectStore } = require('../src/objects/folder-object-store');
  const { S3ObjectStore } = require('../src/objects/s3-object-store');
  const store = kind === 'folder' ? new FolderObjectStore(options.folder, {}) : await S3ObjectStore.open(options);
  const key = 'artifacts/app_test/art_large';
  await store.check();
  let peak = 0;
  const look = () => (peak = Math.max(peak, process.memoryUsage.rss()));
  const before = process.memoryUsage.rss();
  // In pieces as they come from a socket: pieces of a megabyte each would be a load of their own.
  const body = Readable.from((function* () {
    for (let sent = 0; sent < megabytes * 16; sent++) {
      look();
      yield Buffer.alloc(MEGABYTE / 16, sent % 251);
    }
  })(), { objectMode: false });
  const stored = await store.put(key, body, { contentType: 'text/plain', maxBytes: 1024 * MEGABYTE });
  const hash = createHash('sha256');
  for await (const chunk of await store.get(key)) {
    look();
    hash.update(chunk);
  }
  await store.delete(key);
  process.stdout.write(JSON.stringify({ ...stored, read: hash.digest('hex'), grewBytes: peak - before }));
}

main(JSON.parse(process.argv[2])).then(() => process.exit(0));
