import { keyRank, mainTagOf, tellingTags } from './main-tags';

describe('mainTagOf', () => {
  it('prefers what says most, then what a person wrote', () => {
    const language = { key: 'language', value: 'rust', source: 'auto' };
    const kind = { key: 'kind', value: 'game', source: 'author' };
    expect(mainTagOf([language, kind])).toBe(kind);
    const mood = { key: 'mood', value: 'calm', source: 'author' };
    expect(mainTagOf([{ key: 'port', value: '80', source: 'auto' }, mood])).toBe(mood);
    expect(mainTagOf([])).toBeNull();
  });

  it('puts what an app is before what it is written in, and that before what it runs on', () => {
    const keys = ['runtime', 'port', 'language', 'mood', 'topic', 'framework'];
    expect(keys.sort((a, b) => keyRank(a) - keyRank(b))).toEqual(['topic', 'framework', 'language', 'mood', 'runtime', 'port']);
  });
});

describe('tellingTags', () => {
  it('leaves out what says nothing', () => {
    const framework = { key: 'framework', value: 'none', source: 'author' };
    const language = { key: 'language', value: 'go', source: 'auto' };
    expect(tellingTags([framework, language], 3)).toEqual([language]);
  });

  it('takes what a person wrote before what was found, key by key', () => {
    const css = { key: 'language', value: 'css', source: 'auto' };
    const javascript = { key: 'language', value: 'javascript', source: 'author' };
    expect(tellingTags([css, javascript], 1)).toEqual([javascript]);
  });
});
