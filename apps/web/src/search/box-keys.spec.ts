import { type BoxSurroundings, pressKey } from './box-keys';
import { boxOf, type BoxState, emptyBox, removeChip, typeText } from './box-state';

const key = { kind: 'key' as const, key: 'language', label: 'language:', count: 3 };
const value = { kind: 'value' as const, key: 'language', value: 'rust', label: 'language:rust', count: 2 };
const app = { kind: 'app' as const, key: 'app', value: 'demo/chess', label: 'Chess', count: 1, slug: 'demo/chess', appId: 'app_0000000001' };
const around = (more: Partial<BoxSurroundings> = {}): BoxSurroundings => ({
  suggestions: [key, value],
  results: 4,
  atStart: false,
  ...more,
});
const box = (more: Partial<BoxState> = {}): BoxState => ({ ...emptyBox, text: 'lang', open: true, settled: false, ...more });

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
    expect(state).toMatchObject({ chips: [{ negated: true, key: 'language', value: 'rust' }], text: 'chess ', open: false, highlighted: -1 });
  });

  it('opens an app that is offered', () => {
    expect(pressKey(box({ highlighted: 0 }), 'Enter', around({ suggestions: [app] }))).toMatchObject({ effect: 'open-app', slug: 'demo/chess' });
  });

  it('lets Tab move on when nothing is offered', () => {
    expect(pressKey(box({ open: false }), 'Tab', around()).effect).toBe('pass');
    expect(pressKey(box(), 'Tab', around({ suggestions: [] })).effect).toBe('pass');
  });

  it('goes to the first result with Enter, or closes a full tag first', () => {
    expect(pressKey(box(), 'Enter', around())).toMatchObject({ effect: 'focus-results', state: { settled: true } });
    const closed = pressKey(box({ text: 'kind:game', open: false }), 'Enter', around());
    expect(closed).toMatchObject({ effect: 'stay', state: { text: '', chips: [{ key: 'kind', value: 'game' }] } });
    const any = pressKey(box({ text: '-kind:', suggestions: [] } as Partial<BoxState>), 'Enter', around());
    expect(any.state.chips).toEqual([{ negated: true, key: 'kind', value: '*' }]);
  });

  it('goes on to results that are still on their way', () => {
    const none = around({ results: 0, suggestions: [] });
    for (const pressed of ['Enter', 'ArrowDown']) {
      expect(pressKey(box(), pressed, none).effect).toBe('focus-results');
      expect(pressKey(emptyBox, pressed, none).effect).toBe('stay');
    }
  });

  it('closes with Escape keeping the text, then clears', () => {
    const closed = pressKey(box(), 'Escape', around());
    expect(closed.state).toMatchObject({ text: 'lang', open: false });
    expect(pressKey(closed.state, 'Escape', around()).state).toEqual(emptyBox);
  });

  it('takes the last chip apart with Backspace at the start, and leaves the caret behind it', () => {
    const chips = [{ negated: false, key: 'kind', value: 'game' }];
    expect(pressKey(box({ chips, text: '' }), 'Backspace', around({ atStart: true })).state).toMatchObject({ chips: [], text: 'kind:game', open: true });
    expect(pressKey(box({ chips, text: 'chess' }), 'Backspace', around({ atStart: true }))).toMatchObject({ state: { text: 'kind:game chess' }, caret: 9 });
    expect(pressKey(box({ chips: [{ negated: true, key: 'kind', value: '*' }], text: '' }), 'Backspace', around({ atStart: true })).state.text).toBe('-kind:');
    expect(pressKey(box({ chips }), 'Backspace', around()).effect).toBe('pass');
    expect(pressKey(box(), 'Backspace', around({ atStart: true })).effect).toBe('pass');
  });

  it('makes a chip of a tag that a blank closes', () => {
    expect(typeText(emptyBox, 'kind:game ')).toMatchObject({ text: '', chips: [{ key: 'kind', value: 'game' }] });
    expect(removeChip(typeText(emptyBox, 'kind:game '), 0).chips).toEqual([]);
  });

  it('offers nothing after a blank, where nothing is begun', () => {
    expect(typeText(emptyBox, 'chess ').open).toBe(false);
    expect(typeText(emptyBox, 'chess b').open).toBe(true);
    expect(typeText(emptyBox, '').open).toBe(true);
  });

  it('reads the query of an address', () => {
    expect(boxOf('chess kind:game')).toMatchObject({ chips: [{ key: 'kind', value: 'game' }], text: 'chess', settled: true, open: false });
  });
});
