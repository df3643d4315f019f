import { FloodGate } from './flood-gate';

describe('FloodGate', () => {
  it('passes up to its limit, says which line is the last, counts the rest', () => {
    const gate = new FloodGate(10);
    expect([gate.take(6), gate.take(6), gate.take(1), gate.take(100)]).toEqual(['pass', 'last', 'drop', 'drop']);
    expect(gate.dropped).toBe(2);
  });
});
