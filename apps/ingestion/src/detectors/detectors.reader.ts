import { appManifests, wantedManifests } from '../manifests/app-manifests';
import type { Reader, Reading } from '../readers/reader';
import { ALL_DETECTORS } from './all-detectors';
import { detect, wantedByPatterns } from './detect';

/** What the app is made with, by every detector there is. */
export const detectorsReader: Reader = {
  name: 'detectors',
  wants: (repository) => [...new Set([...wantedManifests(repository), ...wantedByPatterns(ALL_DETECTORS, repository)])],
  read: (contents, repository): Reading => ({
    tags: detect(ALL_DETECTORS, { repository, contents, manifests: appManifests(repository, contents), images: [] }),
  }),
};
