import { linkMedia } from './readme-links';
import type { FoundLink } from './readme-page';

const link = (text: string, url: string, more: Partial<FoundLink> = {}): FoundLink => ({ text, url, before: '', section: '', ...more });
const kinds = (links: FoundLink[], repository: string | null = 'https://github.com/acme/app') => linkMedia(links, repository).map(({ kind, url }) => `${kind} ${url}`);

describe('links to a demo and to documents', () => {
  it.each(['Demo', 'Live Demo', '🚀 Live demo »', 'View Demo', 'Try it out', 'Try it online!', 'Playground', 'Live app', '在线演示', 'デモ', 'Демо', 'Démo', 'Online demo site'])('takes %j for a demo', (text) => {
    expect(kinds([link(text, 'https://draw.acme.dev/')])).toEqual(['demo https://draw.acme.dev/']);
  });
  it.each(['Docs', 'Documentation', '📖 Read the docs', 'Explore the docs »', 'User guide', '官方文档', 'Документация', 'Full documentation'])('takes %j for documents', (text) => {
    expect(kinds([link(text, 'https://draw.acme.dev/docs')])).toEqual(['docs https://draw.acme.dev/docs']);
  });
  it.each(['Demonstration of the algorithm', 'demo.py', 'Docker', 'Docs of three.js', 'Home', 'Discord', 'Try', 'API', ''])('takes %j for neither', (text) => {
    expect(kinds([link(text, 'https://draw.acme.dev/')])).toEqual([]);
  });
  it.each([
    ['http', 'http://draw.acme.dev/'], ['this machine', 'https://localhost:3000/'], ['a private address', 'https://192.168.1.4/'], ['a name of a network', 'https://draw.internal/'],
    ['credentials', 'https://u:p@draw.acme.dev/'], ['a script', 'javascript:alert(1)'], ['a relative address', 'docs/README.md'], ['the repository', 'https://github.com/acme/app'], ['a page of the repository', 'https://github.com/Acme/app/tree/main/docs'],
    ['a badge', 'https://img.shields.io/badge/demo-live-green'], ['a picture', 'https://draw.acme.dev/demo.gif'], ['a film', 'https://www.youtube.com/watch?v=1'], ['what is too long', `https://draw.acme.dev/${'a'.repeat(2_000)}`],
  ])('leads nowhere by %s', (_what, url) => {
    expect(kinds([link('Demo', url)])).toEqual([]);
  });
  it('goes by what is said before an address, and by the heading above it', () => {
    const url = 'https://draw.acme.dev/';
    expect(kinds([link(url, url, { before: 'Live demo: ' })])).toEqual([`demo ${url}`]);
    expect(kinds([link('here', url, { before: 'Documentation: ' })])).toEqual([`docs ${url}`]);
    expect(kinds([link(url, url, { section: 'Demo' })])).toEqual([`demo ${url}`]);
    expect(kinds([link(url, url, { before: 'Written by ', section: 'Demo' })])).toEqual([]);
    expect(kinds([link('docs', url, { before: 'types are erased at run time, as Node says in its own ' })])).toEqual([]);
  });
  it('takes one of each', () => {
    expect(kinds([link('Demo', 'https://a.dev/'), link('Demo', 'https://b.dev/'), link('Docs', 'https://c.dev/'), link('Docs', 'https://d.dev/')])).toEqual(['demo https://a.dev/', 'docs https://c.dev/']);
  });
});
