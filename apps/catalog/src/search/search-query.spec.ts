import { DomainError } from '@osiris/contracts';
import fc from 'fast-check';
import { parseSearchQuery } from './search-query';

const empty = { words: [], without: [], tags: [], withoutTags: [], owner: null, status: null };

describe('parseSearchQuery', () => {
  it.each([
    ['', empty],
    ['  ', empty],
    ['Hello World', { ...empty, words: ['hello', 'world'] }],
    ['"hello world" x', { ...empty, words: ['hello world', 'x'] }],
    ['lang:Go', { ...empty, tags: [{ key: 'lang', value: 'go' }] }],
    ['-lang:go chat', { ...empty, withoutTags: [{ key: 'lang', value: 'go' }], words: ['chat'] }],
    ['kind:"web site"', { ...empty, tags: [{ key: 'kind', value: 'web site' }] }],
    ['url:http://x:80', { ...empty, tags: [{ key: 'url', value: 'http://x:80' }] }],
    ['-chat', { ...empty, without: ['chat'] }],
    ['- a-b', { ...empty, words: ['-', 'a-b'] }],
    ['owner:Acme status:ready', { ...empty, owner: 'acme', status: 'ready' }],
    ['100%_', { ...empty, words: ['100%_'] }],
    ['"say \\"hi\\""', { ...empty, words: ['say "hi"'] }],
    ['""', empty],
  ])('reads %j', (text, query) => expect(parseSearchQuery(text)).toEqual(query));

  it.each([
    ['hello "world', 7],
    ['lang:', 1],
    ['a lang: b', 3],
    ['a b status:odd', 5],
    ['owner:a owner:b', 9],
    ['-owner:a', 1],
    ['ä!:x', 1],
    ['lang:"go', 6],
    ['lang:""', 1],
  ])('refuses %j at position %d', (text, position) => {
    expect(() => parseSearchQuery(text)).toThrow(
      expect.objectContaining({ code: 'QUERY_INVALID', message: expect.stringContaining(`(at position ${position})`) as string }),
    );
  });

  it('throws nothing but QUERY_INVALID, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ':', '-', '"', '\\', ' ', '%', 'ß') }), (text) => {
        try {
          parseSearchQuery(text);
        } catch (error) {
          expect((error as DomainError).code).toBe('QUERY_INVALID');
        }
      }),
    );
  });
});
