import { tagOrigin } from './tag-origin';

describe('tagOrigin', () => {
  it('names file and rule, and how sure that is', () => {
    const tag = { key: 'framework', value: 'nextjs', from: 'package.json#dependencies.next (nextjs)' };
    expect(tagOrigin({ ...tag, source: 'auto', confidence: 0.949 })).toBe('from package.json#dependencies.next (nextjs), 95 % sure');
    expect(tagOrigin({ ...tag, source: 'auto', confidence: 1 })).toBe('from package.json#dependencies.next (nextjs)');
    expect(tagOrigin({ ...tag, source: 'auto' })).toBe('from package.json#dependencies.next (nextjs)');
    expect(tagOrigin({ ...tag, source: 'author', from: 'tags.yaml' })).toBe('the author says so in tags.yaml');
    expect(tagOrigin({ ...tag, source: 'manual', from: 'curator' })).toBe('set by a curator');
  });
});
