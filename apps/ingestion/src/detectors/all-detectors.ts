import type { Detector } from './detector';
import { JAVASCRIPT_SERVER_DETECTORS } from './javascript-server.detectors';
import { JAVASCRIPT_TOOLS_DETECTORS } from './javascript-tools.detectors';
import { JAVASCRIPT_UI_DETECTORS } from './javascript-ui.detectors';
import { STATIC_SITES_DETECTORS } from './static-sites.detectors';

/** Every detector by its family, which is the name of its file and of its fixtures' folder. */
export const DETECTOR_FAMILIES: Readonly<Record<string, readonly Detector[]>> = {
  'javascript-ui': JAVASCRIPT_UI_DETECTORS,
  'javascript-server': JAVASCRIPT_SERVER_DETECTORS,
  'javascript-tools': JAVASCRIPT_TOOLS_DETECTORS,
  'static-sites': STATIC_SITES_DETECTORS,
};

export const ALL_DETECTORS: readonly Detector[] = Object.values(DETECTOR_FAMILIES).flat();
