import { sandboxName } from './sandbox-labels';
import { launchNamed, readyPortOf, readySeatName } from './seat-names';

it('a seat tells by its name how far it has come', () => {
  expect(readyPortOf(readySeatName('seat_0123456789', 8080))).toBe(8080);
  expect(readyPortOf(sandboxName('seat_0123456789'))).toBeNull();
  expect(readyPortOf(readySeatName('seat_0123456789', 70_000))).toBeNull();
  expect(launchNamed(readySeatName('seat_0123456789', 8080))).toBeUndefined();
  expect(launchNamed(sandboxName('lch_0123456789'))).toBe('lch_0123456789');
  expect(launchNamed('osiris-lch_0123456789.8080')).toBeUndefined();
});
