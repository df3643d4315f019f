import { LAUNCH_PLACES, LaunchProfile } from '@osiris/contracts';
import { SANDBOX_PROFILES } from './sandbox-profiles';

it.each(LaunchProfile.options)('a %s sandbox has the memory of as many small ones as it takes places', (profile) => {
  expect(SANDBOX_PROFILES[profile].memoryBytes).toBe(LAUNCH_PLACES[profile] * SANDBOX_PROFILES.small.memoryBytes);
});
