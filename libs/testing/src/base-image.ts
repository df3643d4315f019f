import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { promisify } from 'node:util';
import { pack } from 'tar-stream';

const SOCKET = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, '');
const BUSYBOX = '/bin/busybox';
const REFERENCE = 'busybox:latest';

/**
 * Makes sure that the local engine has `busybox:latest`: where it is absent, from Debian's busybox-static with a link for
 * each of its applets, labelled as a stand-in. @throws Error where there is no engine or no busybox.
 */
export async function ensureBusybox(): Promise<string> {
  if ((await ask('GET', `/images/${REFERENCE}/json`)) === 200) return REFERENCE;
  const { stdout } = await promisify(execFile)(BUSYBOX, ['--list']).catch(() => {
    throw new Error('This test needs a busybox image: apt-get install busybox-static');
  });
  const change = new URLSearchParams({ fromSrc: '-', repo: 'busybox', tag: 'latest' });
  for (const line of ['CMD ["sh"]', 'ENV PATH=/bin', 'LABEL io.osiris.stand-in=busybox']) change.append('changes', line);
  const status = await ask('POST', `/images/create?${change.toString()}`, await rootFileSystem(stdout.split('\n').filter(Boolean)));
  if (status !== 200) throw new Error(`The engine answered ${status} to the import of busybox`);
  return REFERENCE;
}

async function rootFileSystem(applets: readonly string[]): Promise<Buffer> {
  const tar = pack();
  for (const name of ['bin', 'etc', 'root', 'var']) tar.entry({ name, type: 'directory', mode: 0o755 });
  tar.entry({ name: 'tmp', type: 'directory', mode: 0o1777 });
  tar.entry({ name: 'etc/passwd' }, 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n');
  tar.entry({ name: 'etc/group' }, 'root:x:0:\nnogroup:x:65534:\n');
  tar.entry({ name: 'bin/busybox', mode: 0o755 }, await readFile(BUSYBOX));
  for (const applet of applets) {
    if (applet !== 'busybox') tar.entry({ name: `bin/${applet}`, type: 'symlink', linkname: 'busybox' });
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** HTTP status of a request to the engine. Plain HTTP: dockerode belongs to libs/engine alone. */
function ask(method: string, path: string, body?: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: SOCKET, method, path, headers: body ? { 'content-type': 'application/x-tar' } : {} }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    outgoing.on('error', (error) => reject(new Error(`No container engine answers at ${SOCKET}`, { cause: error })));
    outgoing.end(body);
  });
}
