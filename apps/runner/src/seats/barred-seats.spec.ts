import { BarredSeats } from './barred-seats';

const MINUTE = 60_000;
const wanted = new Set(['a']);

it('waits longer after each failure, an hour at most, and from the start again once it came up', () => {
  const barred = new BarredSeats();
  barred.failed('a', 0);
  expect([...barred.at(MINUTE - 1, wanted)]).toEqual(['a']);
  expect([...barred.at(MINUTE, wanted)]).toEqual([]);
  barred.failed('a', MINUTE);
  expect([...barred.at(3 * MINUTE - 1, wanted)]).toEqual(['a']);
  for (let times = 0; times < 20; times++) barred.failed('a', 0);
  expect([...barred.at(60 * MINUTE - 1, wanted)]).toEqual(['a']);
  expect([...barred.at(60 * MINUTE, wanted)]).toEqual([]);
  barred.came('a');
  barred.failed('a', 0);
  expect([...barred.at(MINUTE, wanted)]).toEqual([]);
});

it('forgets what nobody wants any more', () => {
  const barred = new BarredSeats();
  barred.failed('a', 0);
  barred.at(1, new Set());
  expect([...barred.at(1, wanted)]).toEqual([]);
});
