import { detectorsReader } from '../detectors/detectors.reader';
import { composeReader } from './compose.reader';
import { appJsonReader } from './app-json.reader';
import { dockerfileReader } from './dockerfile.reader';
import { languagesReader } from './languages.reader';
import { licenceReader } from './licence.reader';
import { manifestsReader } from './manifests.reader';
import { materialsReader } from './materials.reader';
import { packageManagerReader } from './package-manager.reader';
import { previewsFileReader } from './previews-file.reader';
import type { Reader } from './reader';
import { readmeReader } from './readme.reader';
import { runtimeReader } from './runtime.reader';
import { tagFileReader } from './tag-file.reader';

/** Every reader. Of two equal tags the earlier reader's stays: what the author wrote comes before what was derived. */
export const ALL_READERS: readonly Reader[] = [tagFileReader, previewsFileReader, appJsonReader, detectorsReader, manifestsReader, readmeReader, dockerfileReader, composeReader, packageManagerReader, runtimeReader, licenceReader, materialsReader, languagesReader];
