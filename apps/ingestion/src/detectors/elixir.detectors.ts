import type { Detector } from './detector';

/** Frameworks of Elixir. */
export const ELIXIR_DETECTORS: readonly Detector[] = [
  { tag: 'framework:phoenix', some: [{ package: 'hex:phoenix' }], version: 'hex:phoenix', confidence: 0.95 },
  { tag: 'framework:liveview', some: [{ package: 'hex:phoenix_live_view' }], version: 'hex:phoenix_live_view', confidence: 0.95 },
  { tag: 'framework:nerves', some: [{ package: 'hex:nerves' }], version: 'hex:nerves', confidence: 0.95 },
];
