import { Complaint } from './console.mjs';

/** The oldest Node that every dependency supports. */
const oldest = [20, 19];

/** @param {string} [version] */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldMajor = 0, oldMinor = 0] = oldest;
  if (major < oldMajor || (major === oldMajor && minor < oldMinor)) {
    throw new Complaint(`Node ${oldest.join('.')} or newer is needed, this is ${version}: install a newer one (https://nodejs.org), then run the same command again`);
  }
}
