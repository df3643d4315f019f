import { MAX_FILES, MAX_READ_BYTES, type SourceTree } from '../source-trees/source-tree';
import { ALL_READERS } from './all-readers';
import { type Merged, mergeReadings } from './merge-readings';
import type { Reader, ReaderName, Reading, Repository } from './reader';

/** Has every reader look at the tree. A file that cannot be understood is a warning, never a failure. */
export async function readRepository(tree: SourceTree, about: Omit<Repository, 'files'>, readers: readonly Reader[] = ALL_READERS): Promise<Merged> {
  const repository: Repository = { ...about, files: tree.files };
  const readings = new Map<ReaderName, Reading>();
  for (const reader of readers) readings.set(reader.name, await readSafely(reader, tree, repository));
  const merged = mergeReadings(readings);
  if (tree.truncated) merged.warnings.push(`The repository has more than ${MAX_FILES} files: only the first were looked at`);
  return merged;
}

async function readSafely(reader: Reader, tree: SourceTree, repository: Repository): Promise<Reading> {
  const contents = new Map<string, string>();
  const warnings: string[] = [];
  try {
    for (const path of reader.wants(repository)) {
      const content = await tree.read(path);
      if (!content) continue;
      contents.set(path, content.text);
      if (content.truncated) warnings.push(`${path} is large: only its first ${MAX_READ_BYTES} bytes were read`);
    }
    const reading = await reader.read(contents, repository);
    return { ...reading, warnings: [...warnings, ...(reading.warnings ?? [])] };
  } catch {
    // A parser that a hostile file overwhelmed (deep nesting ends in a RangeError) must not end the ingestion.
    return { warnings: [...warnings, `${[...contents.keys()].join(', ') || reader.name} could not be understood`] };
  }
}
