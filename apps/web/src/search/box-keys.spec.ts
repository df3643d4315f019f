import { type BoxState, type BoxSurroundings, emptyBox, pressKey, queryOf, removeChip, typeText } from './box-keys';

const key = { key: 'language', label: 'language:', count: 3 };
const value = { key: 'language', value: 'rust', label: 'language:rust', count: 2 };
const around = (more: Partial<BoxSurroundings> = {}): BoxSurroundings => ({
  suggestions: [key, value],
  results: 4,
  atStart: false,
  ...more,
});
const box = (more: Partial<BoxState> = {}): BoxState => ({ ...emptyBox, text: 'lang', open: true, ...more });

describe('the search box', () => {
  it('goes down through suggestions and from the last into the results', () => {
    const first = pressKey(box(), 'ArrowDown', around());
    expect(first.state.highlighted).toBe(0);
    const second = pressKey(first.state, 'ArrowDown', around());
    expect(second.state.highlighted).toBe(1);
    expect(pressKey(second.state, 'ArrowDown', around())).toMatchObject({ effect: 'focus-results', state: { open: false } });
  });

  it('wraps where there is no result to go to, and always upwards', () => {
    expect(pressKey(box({ highlighted: 1 }), 'ArrowDown', around({ results: 0 })).state.highlighted).toBe(0);
    expect(pressKey(box({ highlighted: 0 }), 'ArrowUp', around()).state.highlighted).toBe(1);
    expect(pressKey(box(), 'ArrowUp', around()).state.highlighted).toBe(1);
  });

  it('opens the keys from an empty box', () => {
    expect(pressKey(emptyBox, 'ArrowDown', around()).state).toMatchObject({ open: true, highlighted: 0 });
  });

  it.each(['Tab', 'Enter'])('accepts a key with %s and offers its values', (pressed) => {
    const { state, effect } = pressKey(box({ highlighted: 0 }), pressed, around());
    expect(state).toMatchObject({ text: 'language:', open: true, chips: [] });
    expect(effect).toBe('stay');
  });

  it('accepts a value as a chip and keeps the words and the sign', () => {
    const { state } = pressKey(box({ text: 'chess -language:r', highlighted: 1 }), 'Enter', around());
    expect(state).toEqual({ chips: [{ negated: true, key: 'language', value: 'rust' }], text: 'chess ', open: false, highlighted: -1 });
  });

  it('lets Tab move on when nothing is offered', () => {
    expect(pressKey(box({ open: false }), 'Tab', around()).effect).toBe('pass');
    expect(pressKey(box(), 'Tab', around({ suggestions: [] })).effect).toBe('pass');
  });

  it('goes to the first result with Enter, or closes a full tag first', () => {
    expect(pressKey(box(), 'Enter', around()).effect).toBe('focus-results');
    const closed = pressKey(box({ text: 'kind:game', open: false }), 'Enter', around());
    expect(closed).toMatchObject({ effect: 'stay', state: { text: '', chips: [{ key: 'kind', value: 'game' }] } });
  });

  it('closes with Escape keeping the text, then clears', () => {
    const closed = pressKey(box(), 'Escape', around());
    expect(closed.state).toMatchObject({ text: 'lang', open: false });
    expect(pressKey(closed.state, 'Escape', around()).state).toEqual(emptyBox);
  });

  it('takes the last chip apart with Backspace at the start', () => {
    const chips = [{ negated: false, key: 'kind', value: 'game' }];
    expect(pressKey(box({ chips, text: '' }), 'Backspace', around({ atStart: true })).state).toMatchObject({ chips: [], text: 'kind:game' });
    expect(pressKey(box({ chips }), 'Backspace', around()).effect).toBe('pass');
    expect(pressKey(box(), 'Backspace', around({ atStart: true })).effect).toBe('pass');
  });

  it('makes a chip of a tag that a blank closes', () => {
    expect(typeText(emptyBox, 'kind:game ')).toMatchObject({ text: '', chips: [{ key: 'kind', value: 'game' }] });
    expect(removeChip(typeText(emptyBox, 'kind:game '), 0).chips).toEqual([]);
  });
});

describe('what is searched for while typing', () => {
  const asked = (text: string, open = true) => queryOf(box({ text, open }), [key, value]);

  it('leaves a tag out until its value is one there is', () => {
    expect(asked('chess language:')).toBe('chess');
    expect(asked('chess language:ru')).toBe('chess');
    expect(asked('chess language:Rust')).toBe('chess language:Rust');
    expect(asked('chess language:ru', false)).toBe('chess language:ru');
    expect(asked('title:"the ni', false)).toBe('');
  });

  it('closes a phrase and takes words as they are', () => {
    expect(asked('"hello wor')).toBe('"hello wor"');
    expect(asked('"hello"')).toBe('"hello"');
    expect(asked('chess bo')).toBe('chess bo');
  });
});
