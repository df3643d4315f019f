import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cover } from './cover.mjs';
import { feed, indexBody, noteBody, page } from './layout.mjs';
import { frontMatter, toHtml } from './markdown.mjs';

const out = process.argv[2] ?? 'dist';
const started = performance.now();
const here = (name) => new URL(name, import.meta.url);

const notes = [];
for (const file of await readdir(here('content'))) {
  const { meta, body } = frontMatter(await readFile(here(`content/${file}`), 'utf8'));
  for (const needed of ['title', 'date', 'place', 'summary']) if (!meta[needed]) throw new Error(`content/${file}: "${needed}" is missing in the front matter`);
  const words = body.split(/\s+/).length;
  notes.push({ ...meta, slug: file.replace(/\.md$/, ''), html: toHtml(body), minutes: Math.max(1, Math.round(words / 220)), words });
}
notes.sort((a, b) => b.date.localeCompare(a.date));

await mkdir(join(out, 'notes'), { recursive: true });
await mkdir(join(out, 'covers'), { recursive: true });
await cp(here('style.css'), join(out, 'style.css'));
await writeFile(join(out, 'icon.svg'), cover('Field Notes'));
await writeFile(join(out, 'index.html'), page({ title: 'Field Notes', description: 'Things seen on the way to work.', body: indexBody(notes) }));
await writeFile(join(out, 'feed.xml'), feed(notes));
for (const [index, note] of notes.entries()) {
  await writeFile(join(out, 'covers', `${note.slug}.svg`), cover(note.title));
  await writeFile(join(out, 'notes', `${note.slug}.html`), page({ title: `${note.title} · Field Notes`, description: note.summary, root: '../', body: noteBody(note, notes[index - 1], notes[index + 1]) }));
  console.log(`  ${note.slug}: ${note.words} words`);
}
console.log(`${notes.length} notes in ${(performance.now() - started).toFixed(0)} ms`);
