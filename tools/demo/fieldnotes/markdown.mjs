const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeHtml = (text) => text.replace(/[&<>"]/g, (character) => ENTITIES[character]);

/** Splits `---` front matter (one `key: value` a line) from the Markdown after it. */
export function frontMatter(source) {
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? [null, '', source];
  const meta = Object.fromEntries(head.split('\n').filter(Boolean).map((line) => line.split(/:\s*(.*)/s).slice(0, 2)));
  return { meta, body };
}

function inline(text) {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\*([^*]+)\*/g, '<em>$1</em>')
    .replace(/\[([^\]]+)\]\(((?:https?:\/\/|\.?\/?[\w#])[^\s)]*)\)/g, '<a href="$2">$1</a>');
}

/** The Markdown a journal needs: headings, paragraphs, lists, quotations and rules. Everything is escaped first. */
export function toHtml(markdown) {
  return markdown
    .trim()
    .split(/\n{2,}/)
    .map((block) => {
      const heading = /^(#{2,3}) (.+)$/.exec(block);
      if (heading) return `<h${heading[1].length}>${inline(heading[2])}</h${heading[1].length}>`;
      if (/^(-{3,}|\*{3,})$/.test(block)) return '<hr>';
      const lines = block.split('\n');
      if (lines.every((line) => line.startsWith('> '))) return `<blockquote><p>${inline(lines.map((line) => line.slice(2)).join(' '))}</p></blockquote>`;
      if (lines.every((line) => line.startsWith('- '))) return `<ul>${lines.map((line) => `<li>${inline(line.slice(2))}</li>`).join('')}</ul>`;
      return `<p>${inline(lines.join(' '))}</p>`;
    })
    .join('\n');
}
