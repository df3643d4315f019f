import { escapeHtml } from './markdown.mjs';

const CSP = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";
const day = (date) => new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

export function page({ title, description, body, root = '' }) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${CSP}">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(description)}">
<link rel="icon" href="${root}icon.svg">
<link rel="alternate" type="application/atom+xml" href="${root}feed.xml">
<link rel="stylesheet" href="${root}style.css">
</head>
<body>
${body}
<footer><p>Field Notes. Written by walking slowly. <a href="${root}feed.xml">Feed</a></p></footer>
</body>
</html>
`;
}

const byline = (note) => `<p class="by"><time datetime="${note.date}">${day(note.date)}</time> · ${escapeHtml(note.place)} · ${note.minutes} min</p>`;

export const noteBody = (note, newer, older) => `<header class="small"><a href="../">Field Notes</a></header>
<article>
<img class="cover" src="../covers/${note.slug}.svg" alt="" width="800" height="400">
<h1>${escapeHtml(note.title)}</h1>
${byline(note)}
${note.html}
</article>
<nav class="beside" aria-label="Other notes">${older ? `<a href="${older.slug}.html"><small>Before</small>${escapeHtml(older.title)}</a>` : '<span></span>'}${newer ? `<a href="${newer.slug}.html"><small>After</small>${escapeHtml(newer.title)}</a>` : ''}</nav>`;

export const indexBody = (notes) => `<header class="big"><h1>Field Notes</h1><p>Things seen on the way to work.</p></header>
<main class="notes">${notes
  .map(
    (note, index) => `
<a class="note${index === 0 ? ' lead' : ''}" href="notes/${note.slug}.html">
<img src="covers/${note.slug}.svg" alt="" width="800" height="400"${index > 1 ? ' loading="lazy"' : ''}>
<div><h2>${escapeHtml(note.title)}</h2>${byline(note)}<p>${escapeHtml(note.summary)}</p></div>
</a>`,
  )
  .join('')}
</main>`;

export const feed = (notes) => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>Field Notes</title><id>urn:fieldnotes</id><updated>${notes[0].date}T00:00:00Z</updated><author><name>Field Notes</name></author>
${notes.map((note) => `<entry><title>${escapeHtml(note.title)}</title><id>urn:fieldnotes:${note.slug}</id><link href="notes/${note.slug}.html"/><updated>${note.date}T00:00:00Z</updated><summary>${escapeHtml(note.summary)}</summary></entry>`).join('\n')}
</feed>
`;
