import { gatherMaterials } from '../bill-of-materials/gather-materials';
import { MAX_LOCK_BYTES, lockFormatOf, wantedLockFiles } from '../lock-files/all-lock-files';
import { formatOf } from '../manifests/all-formats';
import { wantedManifests } from '../manifests/app-manifests';
import type { Reader } from './reader';

/** What the app is made of: for its bill of materials. */
export const materialsReader: Reader = {
  name: 'materials',
  wants: (repository) => [...wantedManifests(repository), ...wantedLockFiles(repository), repository.dockerfilePath],
  maxBytes: (path) => (lockFormatOf(path) && !formatOf(path) ? MAX_LOCK_BYTES : undefined),
  async read(contents, repository) {
    const materials = await gatherMaterials(repository, contents);
    return { materials, warnings: materials.warnings };
  },
};
