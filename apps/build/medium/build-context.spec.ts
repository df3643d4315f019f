import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { contextTar } from '@osiris/engine';
import { extract } from 'tar-stream';
import { type BuildContext, readBuildContext } from '../src/contexts/build-context';

const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function tree(files: Record<string, string | { link: string } | { text: string; mode: number }>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'osiris-context-')));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    if (typeof content === 'string') writeFileSync(path, content);
    else if ('link' in content) symlinkSync(content.link, path);
    else writeFileSync(path, content.text, { mode: content.mode });
  }
  return folder;
}
const read = (folder: string, dockerfilePath = 'Dockerfile', maxBytes = 1_000_000): Promise<BuildContext> => readBuildContext({ tree: folder, dockerfilePath, maxBytes });

async function unpacked(context: BuildContext): Promise<Record<string, { type: string; mode: number; link: string | null; text: string }>> {
  const entries: Record<string, { type: string; mode: number; link: string | null; text: string }> = {};
  const reader = extract();
  reader.on('entry', (header, stream, next) => {
    const chunks: Uint8Array[] = [];
    stream.on('data', (chunk: unknown) => chunks.push(chunk as Uint8Array));
    stream.on('end', () => {
      entries[header.name.replace(/\/$/, '')] = { type: header.type, mode: header.mode, link: header.linkname ?? null, text: Buffer.concat(chunks).toString() };
      next();
    });
  });
  const ended = new Promise<void>((resolve, reject) => reader.on('finish', resolve).on('error', reject));
  contextTar(context.sent()).on('error', (error) => reader.destroy(error)).on('data', (chunk: Buffer) => reader.write(chunk)).on('end', () => reader.end(null));
  await ended;
  return entries;
}

describe('readBuildContext', () => {
  it('packs files with their folders, the executable bit and nothing of .git', async () => {
    const folder = tree({ Dockerfile: 'FROM x\n', 'bin/run': { text: '#!/bin/sh', mode: 0o700 }, 'a/b/empty': '', '.git/config': 'secret', '.gitignore': 'x' });
    const entries = await unpacked(await read(folder));
    expect(Object.keys(entries).sort()).toEqual(['.gitignore', 'Dockerfile', 'a', 'a/b', 'a/b/empty', 'bin', 'bin/run']);
    expect(entries['bin/run']).toMatchObject({ type: 'file', mode: 0o755, text: '#!/bin/sh' });
    expect(entries['Dockerfile']).toMatchObject({ mode: 0o644 });
    expect(entries['a/b/empty']).toMatchObject({ text: '' });
  });

  it('packs large files whole, and can do it again', async () => {
    const text = 'x'.repeat(3_000_000);
    const context = await read(tree({ Dockerfile: 'FROM x\n', big: text, small: 'y' }), 'Dockerfile', 10_000_000);
    for (let time = 0; time < 2; time++) expect((await unpacked(context))['big']?.text.length).toBe(text.length);
  });

  it('sends symbolic links as links and reads nothing through them', async () => {
    const folder = tree({ Dockerfile: 'FROM x\n', passwd: { link: '/etc/passwd' }, etc: { link: '/etc' }, '.dockerignore': { link: '/etc/hostname' } });
    const entries = await unpacked(await read(folder));
    expect(entries['passwd']).toEqual({ type: 'symlink', mode: 0o777, link: '/etc/passwd', text: '' });
    expect(entries['etc']?.type).toBe('symlink');
    expect(Object.keys(entries).some((name) => name.startsWith('etc/'))).toBe(false);
  });

  it('takes no Dockerfile from outside of the repository', async () => {
    await expect(read(tree({ Dockerfile: { link: '/etc/passwd' } }))).rejects.toMatchObject({ code: 'DOCKERFILE_MISSING' });
    await expect(read(tree({ out: { link: '/etc' } }), 'out/passwd')).rejects.toMatchObject({ code: 'DOCKERFILE_MISSING' });
    await expect(read(tree({ a: '' }))).rejects.toMatchObject({ code: 'DOCKERFILE_MISSING' });
    await expect(read(tree({ 'Dockerfile/x': '' }))).rejects.toMatchObject({ code: 'DOCKERFILE_MISSING' });
  });

  it('follows a Dockerfile that is a link within the repository', async () => {
    const context = await read(tree({ Dockerfile: { link: 'docker/prod.Dockerfile' }, 'docker/prod.Dockerfile': '# syntax=docker/dockerfile:1\nFROM x\n' }));
    expect(context.dockerfile).toBe('docker/prod.Dockerfile');
    expect((await unpacked(context))['docker/prod.Dockerfile']?.text).toBe('#\nFROM x\n');
  });

  it('filters by .dockerignore, the one beside the Dockerfile first, and always keeps the Dockerfile', async () => {
    const files = { 'docker/Dockerfile': 'FROM x\n', 'a.txt': 'a', 'b.txt': 'b', '.dockerignore': 'a.txt\ndocker' };
    const first = await read(tree(files), 'docker/Dockerfile');
    expect(first).toMatchObject({ files: 3, ignored: 1 });
    expect(Object.keys(await unpacked(first)).sort()).toEqual(['.dockerignore', 'b.txt', 'docker', 'docker/Dockerfile']);
    const second = await unpacked(await read(tree({ ...files, 'docker/Dockerfile.dockerignore': 'b.txt' }), 'docker/Dockerfile'));
    expect(Object.keys(second)).toContain('a.txt');
    expect(Object.keys(second)).not.toContain('b.txt');
  });

  it('takes the syntax line out, or leaves it where it is asked to', async () => {
    const context = await read(tree({ Dockerfile: '# syntax=docker/dockerfile:1\nFROM x\n' }));
    expect(context.hasSyntaxLine).toBe(true);
    expect((await unpacked(context))['Dockerfile']?.text).toBe('#\nFROM x\n');
    expect((await unpacked({ ...context, sent: () => context.sent({ keepSyntaxLine: true }) }))['Dockerfile']?.text).toBe('# syntax=docker/dockerfile:1\nFROM x\n');
  });

  it('refuses a context that is too large, but not for what is left out', async () => {
    const files = { Dockerfile: 'FROM x\n', big: 'x'.repeat(2_000) };
    await expect(read(tree(files), 'Dockerfile', 1_000)).rejects.toMatchObject({ code: 'CONTEXT_TOO_LARGE' });
    await expect(read(tree({ ...files, '.dockerignore': 'big' }), 'Dockerfile', 1_000)).resolves.toMatchObject({ ignored: 1 });
  });

  it('ends without a leak when the reader goes away', async () => {
    const context = await read(tree({ Dockerfile: 'FROM x\n', big: 'x'.repeat(900_000) }));
    const stream = contextTar(context.sent());
    await new Promise((resolve) => stream.once('data', resolve));
    await new Promise((resolve) => stream.once('close', resolve).destroy());
  });
});
