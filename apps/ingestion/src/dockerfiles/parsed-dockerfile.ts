import type { FileContent } from '../readers/reader';
import { type DockerfileContent, parseDockerfile } from './dockerfile';

const parsed = new WeakMap<FileContent, DockerfileContent>();

/** Parsed once for each content, however many readers ask. */
export function parsedDockerfile(content: FileContent): DockerfileContent {
  let dockerfile = parsed.get(content);
  if (!dockerfile) parsed.set(content, (dockerfile = parseDockerfile(content.text)));
  return dockerfile;
}
