import { parseHtml } from './bounded-html';
import { markdownPage } from './markdown-page';
import { blockText } from './readme-page';

const texts = async (markdown: string) => (await markdownPage(markdown)).blocks.map((block) => `${block.kind}${block.depth || ''}${block.centred ? ' centred' : ''}: ${blockText(block)}`);

describe('a page of Markdown', () => {
  it('is one with the HTML in it', async () => {
    expect(await texts('<div align="center">\n\n# Draw\n\nIt *draws* `lines`.<br>More.\n\n</div>\n\n> Quoted [link](x)')).toEqual(['heading1 centred: Draw', 'paragraph centred: It draws lines. More.', 'quote: Quoted link']);
    expect(await texts('<center><h2>Draw</h2>It draws.</center>')).toEqual(['heading2 centred: Draw', 'paragraph centred: It draws.']);
  });
  it('takes nothing from what nobody sees', async () => {
    expect(await texts('<!-- no --><script>no</script><style>no</style><svg><text>no</text></svg><template>no</template>\n\nIt draws.')).toEqual(['paragraph: It draws.']);
  });
  it('keeps lists, tables, code and what is folded apart', async () => {
    expect(await texts('- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n\n<details><summary>s</summary>inside</details>\n\nIt draws.')).toEqual(['paragraph: It draws.']);
  });
  it('finds pictures and links wherever they are', async () => {
    const { images, links } = await markdownPage("<table><tr><td><a href=\"https://a.dev?x=1&amp;y=2\"><img alt='A' src=a.png></a></td></tr></table>\n\n- ![B][b]\n\n[b]: b.png\n\nhttps://c.dev and <video><source src=v.mp4></video>");
    expect(images).toEqual([{ url: 'a.png', alt: 'A' }, { url: 'b.png', alt: 'B' }, { url: 'v.mp4', alt: '', video: true }]);
    expect(links.map(({ url }) => url)).toEqual(['https://a.dev?x=1&y=2', 'https://c.dev']);
  });
  it('says what stands before a link, and below which heading', async () => {
    expect((await markdownPage('## Demo\n\n**Live:** https://a.dev')).links).toEqual([{ url: 'https://a.dev', text: 'https://a.dev', before: 'Live: ', section: 'Demo' }]);
  });

  it('does not grow with the square of open elements', () => {
    const open = Array.from({ length: 2_000 }, (_, index) => `<b a${index}>`).join('');
    expect(() => parseHtml(`<p>${open}${'<p>x'.repeat(3_000)}`)).toThrow(RangeError);
  });
  it('does not repeat a long address for each of its uses', async () => {
    const page = await markdownPage(`[a]: https://a.dev/${'x'.repeat(15_000)}\n\n${'[a] '.repeat(3_000)}`);
    expect(page.links).toEqual([]);
  });
  it('does not fill the cells of a wide table', async () => {
    const cells = 7_000;
    expect((await markdownPage(`${'|a'.repeat(cells)}|\n${'|-'.repeat(cells)}|\n${'|\n'.repeat(1_000)}`)).blocks.length).toBeLessThan(10);
  });
  it('lets nobody nest without end', async () => {
    expect(await texts(`${'<div>'.repeat(5_000)}deep`)).toEqual([]);
  });
});
