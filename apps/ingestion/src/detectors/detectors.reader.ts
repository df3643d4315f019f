import { appManifests, wantedManifests } from '../manifests/app-manifests';
import type { Reader, Reading } from '../readers/reader';
import { ALL_DETECTORS } from './all-detectors';
import { detect, wantedByPatterns } from './detect';
import { seenImages, wantedForImages } from './seen-images';

/** What the app is made with, by every detector there is. */
export const detectorsReader: Reader = {
  name: 'detectors',
  wants: (repository) => [...new Set([...wantedManifests(repository), ...wantedForImages(repository), ...wantedByPatterns(ALL_DETECTORS, repository)])],
  read: (contents, repository): Reading => ({
    tags: detect(ALL_DETECTORS, { repository, contents, manifests: appManifests(repository, contents), images: seenImages(repository, contents) }),
  }),
};
