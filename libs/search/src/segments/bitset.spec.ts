import fc from 'fast-check';
import { addBit, andInto, andNotInto, bitset, BitsetPool, countBits, eachBit, fullBitset, hasBit, orInto, removeBit } from './bitset';

const documents = 100;
const sets = fc.uniqueArray(fc.nat({ max: documents - 1 }));
const made = (members: readonly number[]) => {
  const bits = bitset(documents);
  for (const member of members) addBit(bits, member);
  return bits;
};
const members = (bits: Uint32Array): number[] => {
  const found: number[] = [];
  eachBit(bits, (document) => void found.push(document));
  return found;
};

it('does what sets do', () => {
  fc.assert(
    fc.property(sets, sets, (a, b) => {
      const [union, both, only] = [made(a), made(a), made(a)];
      orInto(union, made(b));
      andInto(both, made(b));
      andNotInto(only, made(b));
      const all = [...Array(documents).keys()];
      expect(members(union)).toEqual(all.filter((one) => a.includes(one) || b.includes(one)));
      expect(members(both)).toEqual(all.filter((one) => a.includes(one) && b.includes(one)));
      expect(members(only)).toEqual(all.filter((one) => a.includes(one) && !b.includes(one)));
      expect(countBits(made(a))).toBe(a.length);
    }),
  );
});

it.each([0, 1, 31, 32, 33, 64, 100])('is full with exactly %i documents', (count) => expect(countBits(fullBitset(count))).toBe(count));

it('forgets one that is removed', () => {
  const bits = made([31, 32]);
  removeBit(bits, 31);
  expect([hasBit(bits, 31), hasBit(bits, 32)]).toEqual([false, true]);
});

it('gives out empty sets however they came back', () => {
  const pool = new BitsetPool(documents);
  addBit(pool.take(), 5);
  pool.release();
  expect(countBits(pool.take())).toBe(0);
  expect(members(pool.copy(made([7])))).toEqual([7]);
});
