import type { RepositoryFile } from '../readers/reader';

/**
 * The listed file that a reference in a document leads to; undefined outside of the tree and where there is none. Being
 * listed proves that it is a plain file inside the tree.
 */
export function pathFrom(document: string, reference: string, files: readonly RepositoryFile[]): string | undefined {
  const path = resolved(document, reference);
  return path !== undefined && files.some((file) => file.path === path) ? path : undefined;
}

function resolved(document: string, reference: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(reference.replace(/[?#].*$/s, ''));
  } catch {
    return undefined;
  }
  const path = decoded.startsWith('/') ? [] : document.split('/').slice(0, -1);
  for (const part of decoded.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') path.push(part);
    else if (path.pop() === undefined) return undefined;
  }
  return path.length === 0 ? undefined : path.join('/');
}
